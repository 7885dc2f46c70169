//! Runs the real program: a process of its own, in a folder of its own, knowing nothing of the computer around it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use unlisted_web::demo::DemoWeb;

/// A command that takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(90);

/// What the demonstration ships: its web answers at once, so whoever does not is not waited for.
const SHORT_LIMITS: &str = "[limits]\nconnect = \"1s\"\nread = \"1500ms\"\ntotal = \"3s\"\n";

/// A folder that is somebody's whole computer: home, subject files, locked store, reports.
pub(crate) struct Place {
    dir: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        place.write("config/unlisted.toml", SHORT_LIMITS);
        fs::create_dir_all(place.path("home")).expect("a folder");
        fs::create_dir_all(place.path("tmp")).expect("a folder");
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Every file below, but for those of `not`.
    pub(crate) fn files(&self, not: &[&str]) -> Vec<PathBuf> {
        fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
            for path in fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()) {
                if path.is_dir() { walk(&path, out) } else { out.push(path) }
            }
        }
        let mut out = vec![];
        walk(self.dir.path(), &mut out);
        out.retain(|p| !not.iter().any(|n| p.starts_with(self.path(n))));
        out.sort();
        out
    }

    /// `unlisted WORDS…`, to be run here.
    pub(crate) fn unlisted(&self, words: &[&str]) -> Check<'_> {
        Check { place: self, args: words.iter().map(OsString::from).collect(), env: vec![], stdin: vec![], more_to_come: false }
    }

    /// `unlisted check`, of somebody whose subject file says this.
    pub(crate) fn check(&self, person: &str) -> Check<'_> {
        self.about("check", person).arg("--yes")
    }

    /// Another command about somebody whose subject file says this.
    pub(crate) fn about(&self, command: &str, person: &str) -> Check<'_> {
        let file = self.write("subject.toml", person);
        self.unlisted(&[command]).arg(file).arg("--config").arg(self.path("config"))
    }
}

/// A command that is being put together.
pub(crate) struct Check<'p> {
    place: &'p Place,
    args: Vec<OsString>,
    env: Vec<(String, String)>,
    stdin: Vec<u8>,
    more_to_come: bool,
}

impl Check<'_> {
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(OsString::from));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What is typed, or piped, into it.
    pub(crate) fn stdin(mut self, text: impl AsRef<[u8]>) -> Self {
        self.stdin = text.as_ref().to_vec();
        self
    }

    /// Somebody sits there who may type more.
    pub(crate) fn more_to_come(mut self) -> Self {
        self.more_to_come = true;
        self
    }

    /// Against this web, pauses divided by 100.
    pub(crate) fn web(self, web: &DemoWeb) -> Self {
        self.web_at(web, 100)
    }

    pub(crate) fn web_at(self, web: &DemoWeb, speedup: u32) -> Self {
        self.arg("--rehearsal").arg(web.addr().to_string()).arg("--speedup").arg(speedup.to_string())
    }

    /// Keeps nothing.
    pub(crate) fn ephemeral(self) -> Self {
        self.arg("--ephemeral")
    }

    /// With the locked store `vault` and the key in `key`.
    pub(crate) fn vault(self) -> Self {
        let (vault, key) = (self.place.path("vault"), self.place.path("key"));
        self.arg("--vault").arg(vault).arg("--key-file").arg(key)
    }

    /// The report as JSON in the folder `out`.
    pub(crate) fn json(self) -> Self {
        let out = self.place.path("out");
        self.args(&["--format", "json", "--out"]).arg(out)
    }

    pub(crate) fn run(self) -> Ran {
        self.start().wait()
    }

    /// Starts it without waiting for its end.
    pub(crate) fn start(self) -> Started {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unlisted-tested"));
        command.env_clear().current_dir(self.place.dir.path()).args(&self.args);
        for name in ["SystemRoot", "SystemDrive"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        for (name, folder) in [
            ("HOME", "home"),
            ("USERPROFILE", "home"),
            ("XDG_DATA_HOME", "home/data"),
            ("XDG_CONFIG_HOME", "home/config"),
            ("APPDATA", "home/data"),
            ("LOCALAPPDATA", "home/data"),
            ("TMPDIR", "tmp"),
            ("TMP", "tmp"),
            ("TEMP", "tmp"),
        ] {
            command.env(name, self.place.path(folder));
        }
        command.envs(self.env.iter().map(|(n, v)| (n, v)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let began = Instant::now();
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A program that does not read what is typed closes the pipe.
        std::io::Write::write_all(&mut stdin, &self.stdin).unwrap_or_default();
        let stdin = self.more_to_come.then_some(stdin);
        let out = drain(child.stdout.take().expect("a pipe"));
        let err = drain(child.stderr.take().expect("a pipe"));
        Started { child, _stdin: stdin, out, err, began, report: self.place.path("out/report.json") }
    }
}

/// What comes out of a pipe, as it comes.
struct Drained {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

fn drain(mut pipe: impl std::io::Read + Send + 'static) -> Drained {
    let bytes = Arc::<Mutex<Vec<u8>>>::default();
    let into = Arc::clone(&bytes);
    let reader = std::thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(n @ 1..) = pipe.read(&mut piece) {
            into.lock().expect("a reader").extend_from_slice(&piece[..n]);
        }
    });
    Drained { bytes, reader }
}

impl Drained {
    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().expect("a reader")).into_owned()
    }

    fn whole(self) -> String {
        self.reader.join().expect("what it wrote");
        String::from_utf8_lossy(&self.bytes.lock().expect("a reader")).into_owned()
    }
}

/// A command that runs.
pub(crate) struct Started {
    child: Child,
    _stdin: Option<ChildStdin>,
    out: Drained,
    err: Drained,
    began: Instant,
    report: PathBuf,
}

impl Started {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended.
    pub(crate) fn ended(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_some()
    }

    /// Waits until it has said this.
    pub(crate) fn until_it_says(&self, words: &str) {
        while !self.err.so_far().contains(words) {
            assert!(self.began.elapsed() < PATIENCE, "it never said {words}\n{}", self.err.so_far());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends it at once, as `kill -9` does; false when it had ended by itself.
    pub(crate) fn kill(mut self) -> (bool, Ran) {
        let killed = !self.ended();
        self.child.kill().unwrap_or_default();
        (killed, self.wait())
    }

    pub(crate) fn wait(mut self) -> Ran {
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            if self.began.elapsed() > PATIENCE {
                self.child.kill().expect("a child that hangs is ended");
                let (out, err) = (self.out.whole(), self.err.whole());
                panic!("the program hung\n{out}\n{err}");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        Ran { status, took: self.began.elapsed(), out: self.out.whole(), err: self.err.whole(), report: self.report }
    }
}

/// A command that has ended.
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    pub(crate) took: Duration,
    pub(crate) out: String,
    pub(crate) err: String,
    report: PathBuf,
}

impl Ran {
    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn code(self, expect: i32) -> Self {
        assert_eq!(self.status.code(), Some(expect), "exit code\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err);
        self
    }

    /// Asserts that it said all of these, wherever its lines break.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        let one_line = self.err.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(one_line.contains(word) || self.err.contains(word), "it should say {word:?}\n--- stderr\n{}", self.err);
        }
        self
    }

    /// The report in the folder `out`.
    #[track_caller]
    pub(crate) fn report(&self) -> Value {
        let text = fs::read_to_string(&self.report).unwrap_or_else(|e| panic!("no report: {e}\n{}", self.err));
        serde_json::from_str(&text).expect("the report is JSON")
    }
}
