//! A check of a list of pages on loopback, measured beside Scrapy, lychee and wget2 in the same run.
//!
//! All fetch the same pages from the same server in this process; politeness is off for all, because the server is our
//! own. CPU time is that of the child process (user and system, Linux's `/proc/self/stat`), so the server's is not in it.
//! Ours fetches, extracts, detects, attributes and seals; what the others do stands in the table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use unlisted_web::demo::{DemoWeb, SUBJECT, Site, generated};

/// Each program runs so often; the median is shown.
const RUNS: usize = 3;

/// One measured run.
#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    cpu: Duration,
}

/// A program with what it does to each page.
struct Contender {
    name: &'static str,
    does: &'static str,
    command: Box<dyn Fn() -> Command>,
}

pub(crate) fn run(args: &[&str]) -> Result<()> {
    let pages: usize = args.first().map_or(Ok(2_000), |n| n.parse()).context("PAGES is a number")?;
    let sites = generated(pages, 1);
    let mut local = Site::new("127.0.0.1");
    let mut ours = String::new();
    for site in &sites {
        for (url, page) in site.urls().iter().zip(&site.pages) {
            if url.contains("/p/") {
                writeln!(ours, "{url}")?;
                local.pages.push(page.clone());
            }
        }
    }
    let bytes: usize = local.pages.iter().map(|p| p.body.len()).sum();
    let paths: Vec<String> = local.pages.iter().map(|p| p.path.clone()).collect();
    let mut all = sites;
    all.push(local);
    let web = DemoWeb::serving(0, all)?;
    let folder = std::env::temp_dir().join(format!("unlisted-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let list = folder.join("list.txt");
    std::fs::write(&list, ours)?;
    let direct = folder.join("direct.txt");
    std::fs::write(&direct, paths.iter().map(|p| format!("http://{}{p}\n", web.addr())).collect::<String>())?;
    let subject = folder.join("subject.toml");
    std::fs::write(&subject, SUBJECT)?;
    std::fs::write(folder.join("spider.py"), SPIDER)?;
    std::fs::create_dir_all(folder.join("config"))?;
    std::fs::write(folder.join("config/unlisted.toml"), format!("[budget]\ngiven-pages = {pages}\n[limits]\nat-once = 16\n"))?;

    let binary = binary()?;
    let contenders = contenders(&binary, &folder, &list, &direct, &subject, &web.addr().to_string());
    let mut table = String::from(
        "| program | what it does with a page | pages/s | CPU-ms/page | CPU, ours = 1 |\n|---|---|---:|---:|---:|\n",
    );
    let mut first = None;
    for contender in contenders {
        if (contender.command)().stdout(Stdio::null()).stderr(Stdio::null()).arg("--version").status().is_err() {
            writeln!(table, "| {} | not installed here | | | |", contender.name)?;
            continue;
        }
        let mut runs = vec![];
        for _ in 0..RUNS {
            let before = web.requests();
            let run = measure(&mut (contender.command)())?;
            let asked = web.requests() - before;
            if asked < pages {
                bail!("{} asked for {asked} of {pages} pages", contender.name);
            }
            runs.push(run);
        }
        runs.sort_by_key(|r| r.cpu);
        let Some(run) = runs.get(RUNS / 2) else { bail!("no run") };
        let count = pages as f64;
        let cpu = run.cpu.as_secs_f64() * 1000.0 / count;
        let ratio = cpu / *first.get_or_insert(cpu);
        writeln!(
            table,
            "| {} | {} | {:.0} | {cpu:.2} | {ratio:.1} |",
            contender.name,
            contender.does,
            count / run.wall.as_secs_f64()
        )?;
    }
    let size = std::fs::metadata(&binary)?.len() as f64 / 1e6;
    say(&format!(
        "{pages} pages, {:.1} KB on average, {RUNS} runs each, median by CPU\n\n{table}\nprogram: {size:.1} MB",
        bytes as f64 / count_of(pages) / 1000.0
    ));
    let start: Vec<Duration> =
        (0..20).map(|_| Ok(measure(Command::new(&binary).arg("--version"))?.wall)).collect::<Result<_>>()?;
    let mut start = start;
    start.sort();
    say(&format!("start-up (`--version`, median of 20): {:.1} ms", start.get(10).map_or(0.0, Duration::as_secs_f64) * 1000.0));
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn count_of(pages: usize) -> f64 {
    pages.max(1) as f64
}

fn contenders(binary: &Path, folder: &Path, list: &Path, direct: &Path, subject: &Path, addr: &str) -> Vec<Contender> {
    let own = |text: &Path| text.to_owned();
    let (binary, folder, list, direct, subject, addr) =
        (own(binary), own(folder), own(list), own(direct), own(subject), addr.to_owned());
    let (f1, f2, d1, d2, d3) = (folder.clone(), folder.clone(), direct.clone(), direct.clone(), direct.clone());
    let config = folder.join("config");
    vec![
        Contender {
            name: "unlisted check",
            does: "gate, ledger, text with roles and links, all kinds of details, attribution, sealed store",
            command: Box::new(move || {
                let mut command = Command::new(&binary);
                command.arg("check").arg(&subject).arg("--file").arg(&list).args([
                    "--only-given",
                    "--rehearsal",
                    &addr,
                    "--speedup",
                ]);
                command.args(["1000000", "--ephemeral", "--yes", "--format", "json", "--config"]).arg(&config);
                command
            }),
        },
        Contender {
            name: "lychee",
            does: "status only",
            command: Box::new(move || {
                let mut command = Command::new("lychee");
                command.args([
                    "--no-progress",
                    "--host-concurrency",
                    "16",
                    "--host-request-interval",
                    "0ms",
                    "--max-concurrency",
                    "16",
                ]);
                command.arg("--method").arg("get").arg(&d1);
                command
            }),
        },
        Contender {
            name: "wget2",
            does: "saves the bytes",
            command: Box::new(move || {
                let mut command = Command::new("wget2");
                command
                    .args(["--quiet", "--max-threads=16", "--no-robots", "--directory-prefix"])
                    .arg(f1.join("saved"))
                    .arg("--input-file")
                    .arg(&d2);
                command
            }),
        },
        Contender {
            name: "Scrapy",
            does: "text and links by lxml",
            command: Box::new(move || {
                let mut command = Command::new("scrapy");
                command.arg("runspider").arg(f2.join("spider.py")).arg("-a").arg(format!("list={}", d3.display()));
                command
            }),
        },
    ]
}

/// The text and links of each page, without following them: the same pages for all.
const SPIDER: &str = r#"
import scrapy

class Pages(scrapy.Spider):
    name = "pages"
    custom_settings = {"LOG_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "TELNETCONSOLE_ENABLED": False}

    def __init__(self, list=None, **kwargs):
        super().__init__(**kwargs)
        self.start_urls = open(list).read().split()

    def parse(self, response):
        text = " ".join(response.css("body ::text").getall())
        links = [response.urljoin(a) for a in response.css("a::attr(href)").getall()]
        assert text and links is not None
"#;

/// The program as the README builds it.
fn binary() -> Result<PathBuf> {
    let status = Command::new(env!("CARGO")).args(["build", "--release", "--quiet", "--package", "unlisted-cli"]).status()?;
    if !status.success() {
        bail!("the program does not build");
    }
    let here = std::env::current_exe()?;
    let folder = here.parent().context("this program stands in a folder")?;
    Ok(folder.join("unlisted"))
}

fn measure(command: &mut Command) -> Result<Run> {
    let (cpu, started) = (children()?, Instant::now());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(Run { wall: started.elapsed(), cpu: children()?.saturating_sub(cpu) })
}

/// CPU time of all ended children: fields 16 and 17 of `/proc/self/stat`, in clock ticks of a hundredth of a second (`proc(5)`).
fn children() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("CPU time is read from Linux's /proc")?;
    let (_, rest) = stat.rsplit_once(')').context("stat has its form")?;
    let ticks: u64 = rest.split_whitespace().skip(13).take(2).filter_map(|f| f.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}

#[expect(clippy::print_stdout, reason = "a chore prints its table")]
fn say(text: &str) {
    println!("{text}");
}
