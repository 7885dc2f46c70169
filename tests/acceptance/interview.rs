//! `init`, `import`, `export`: answers typed line by line, the file that they make, and what the screen says.

use std::fs;

use crate::needles::Needles;
use crate::people;
use crate::program::{Place, Ran};

/// The answers of somebody who tells a lot, in the order of the questions; `·` is an empty line.
const WHOLE: &str = "yes / Amina Rose Castle / Mina Castle / · / Amina Hartley / · / no / council / Example Party / Mereside / York / 6 May 2047 / \
    14 Mill Lane, Mereside, Northgate ZZ99 4QT / · / 07700 900123 / 01632 960240 / · / amina@mail.example / · / 9 March 1984 / \
    yes / Tobiah Wrenfield / · / XQ24 ZZQ / · / · / · / amina_reads / · / no / \
    01632 960111 / · / · / · / aminacastle.example / · / Jo Party, 01632 960112 / · / · / yes / yes / yes";

fn lines(script: &str) -> String {
    script.split(" / ").map(|line| if line.trim() == "·" { "\n".to_owned() } else { format!("{}\n", line.trim()) }).collect()
}

fn init(place: &Place, script: &str) -> Ran {
    place.unlisted(&["init"]).vault().stdin(lines(script)).run()
}

fn export(place: &Place, who: &[&str]) -> Ran {
    place.unlisted(&["export", "--yes"]).args(who).vault().run()
}

/// No private value of the answers on the screen: whoever types sees them only as they are typed.
#[track_caller]
fn shows_nothing(ran: &Ran) {
    for value in
        ["14 Mill", "4QT", "900123", "960240", "amina@", "1984-03", "9 March", "Hartley", "Tobiah", "XQ24", "amina_reads"]
    {
        assert!(!ran.err.contains(value) && !ran.out.contains(value), "{value} is shown\n{}", ran.err);
    }
}

#[test]
fn answers_become_the_person() {
    let place = Place::new();
    let ran = init(&place, WHOLE).code(0).says(&[
        "call 999",
        "Nothing is sent now",
        "Used only on this computer",
        "plain name, such as Letters",
        "City of York Council",
        "My address, birth date and family are never sent",
        "private phone: ••••••23; ••••••40",
        "under the name amina-rose-castle",
        "unlisted prepare",
        "unlisted incident add",
        "unlisted plan amina-rose-castle",
        "unlisted check amina-rose-castle",
    ]);
    shows_nothing(&ran);
    assert!(!ran.err.contains('⟨') && !ran.err.contains("National Insurance number?"), "{}", ran.err);
    let text = export(&place, &[]).code(0).out;
    for line in [
        "id = \"amina-rose-castle\"",
        "may-send = [\"username\"]",
        "former = [\"Amina Hartley\"]",
        "announced = false",
        "contest = \"council\"",
        "council = \"YOR\"",
        "election = \"2047-05-06\"",
        "value = \"14 Mill Lane, Mereside, Northgate ZZ99 4QT\"",
        "value = \"1984-03-09\"",
        "value = \"XQ24 ZZQ\"",
        "url = \"https://aminacastle.example/\"",
        "party = \"Jo Party, 01632 960112\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // The other commands take the person from there.
    place.unlisted(&["plan", "amina-rose-castle"]).vault().run().code(0);
    // Nothing of it lies about unlocked.
    let needles = Needles::of(&text);
    for file in place.files(&[]) {
        let bytes = fs::read(&file).expect("a file");
        assert_eq!(needles.found_in(&String::from_utf8_lossy(&bytes)), None, "{}", file.display());
    }
}

#[test]
fn all_but_the_name_may_be_passed_over() {
    let place = Place::new();
    // The name is asked until it is there; the council, the kinds and the rest are passed over; then the permission.
    let script = format!("· / · / Amina / Amina Castle{} / yes / yes", " / ·".repeat(21));
    let ran = init(&place, &script);
    let ran = ran.code(0).says(&["We need this one answer", "a first name and a surname", "permission: until"]);
    let said = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(said.matches("Used only on this computer").count(), 11, "{}", ran.err);
    let text = export(&place, &[]).code(0).out;
    assert!(text.contains("full = \"Amina Castle\"") && !text.contains("[[private]]") && !text.contains("[candidacy]"), "{text}");
}

#[test]
fn what_cannot_be_read_is_asked_again_and_one_can_go_back() {
    let place = Place::new();
    let ran = init(
        &place,
        "· / Amina Castle / · / · / · / 77 / 1 / Wrong Party / < / - / Right Party / Mereside / Atlantis / Yorks / 99 / 1 / \
         31 June 2047 / 6 May 2020 / 7 May 2047 / somewhere / 14 Mill Lane, Mereside / · / call me / · / · / yesterday / · / maybe / · / \
         · / · / · / · / · / · / · / yes / yes",
    );
    let ran = ran.code(0).says(&[
        "Please type one of the numbers",
        "Taken out",
        "No council of today has a name like this",
        "names fit",
        "not a day that exists",
        "this day is over",
        "more than six years away",
        "does not look like an address",
        "does not look like a phone number",
        "does not look like a date",
        "Please type yes or no",
        "Try for example 14 Mill Lane",
    ]);
    let text = export(&place, &[]).code(0).out;
    assert!(text.contains("party = \"Right Party\"") && !text.contains("Wrong"), "{text}\n{}", ran.err);
    assert!(text.contains("election = \"2047-05-07\"") && text.contains("14 Mill Lane, Mereside"), "{text}");
}

#[test]
fn an_end_in_the_middle_loses_nothing() {
    let place = Place::new();
    let all: Vec<&str> = WHOLE.split(" / ").collect();
    init(&place, "no").code(130).says(&["Nothing was kept"]);
    let ran = init(&place, &all[..16].join(" / ")).code(130).says(&["are kept", "unlisted init"]);
    shows_nothing(&ran);
    export(&place, &[]).code(3).says(&["holds no details"]);
    // One number was typed; the question is asked again, with the answer that is there.
    let rest = format!("yes / {}", all[15..].join(" / "));
    let ran = init(&place, &rest).code(0).says(&["You stopped at: private phone", "Now: ••••••23; ••••••40"]);
    shows_nothing(&ran);
    let text = export(&place, &[]).code(0).out;
    assert_eq!(text.matches("kind = \"phone\"").count(), 3, "{text}");
    init(&place, "·").code(0).says(&["Whose do you want to change", "Nothing was changed"]);
}

#[test]
fn without_permission_all_but_a_check_works() {
    let place = Place::new();
    let answers = "· / Amina Castle / · / · / · / council / · / · / Leeds / 6 May 2047";
    let script = format!("{answers}{} / no / ·", " / ·".repeat(12));
    let ran = init(&place, &script).code(0).says(&[
        "permission: not given",
        "We will not check anything",
        "unlisted prepare",
        "unlisted incident add",
        "unlisted init",
    ]);
    assert!(!ran.err.contains("unlisted check"), "{}", ran.err);
    place.unlisted(&["prepare", "--done", "1"]).vault().run().code(0);
    place.unlisted(&["incident", "add"]).vault().stdin("He shouted at me\n").run().code(0);
    let list = place.unlisted(&["prepare"]).vault().run().code(0);
    let list = list.out + &list.err;
    assert!(list.contains("2047") && list.contains("West Yorkshire Police"), "{list}");
    for command in [&["plan"][..], &["links"], &["check", "--yes"]] {
        place.unlisted(command).arg("amina-castle").vault().run().code(4).says(&["no permission", "unlisted init"]);
    }
    // Out into a file and back: still nothing is checked.
    let file = place.write("me.toml", export(&place, &[]).code(0).out);
    place.unlisted(&["import", "--keep"]).arg(&file).vault().run().code(0);
    place.unlisted(&["plan"]).arg(&file).vault().run().code(4).says(&["[consent]"]);
    // Asked again, at once.
    init(&place, "1 / yes / yes / ·").code(0).says(&["Go straight to that question", "Do the check"]);
    place.unlisted(&["plan", "amina-castle"]).vault().run().code(0);
}

#[test]
fn yes_and_no_are_no_names() {
    let place = Place::new();
    let script = format!(
        "· / Amina Castle / no / Mina Castle / No. / · / yes / none / Amina Hartley / · / · / · / 1 / yes / Example Party / ·{} / yes / ·",
        " / ·".repeat(16)
    );
    let ran = init(&place, &script).code(0).says(&["Please type the answer itself", "this is only a number"]);
    let text = export(&place, &[]).code(0).out;
    assert!(text.contains("also = [\"Mina Castle\"]") && text.contains("former = [\"Amina Hartley\"]"), "{text}\n{}", ran.err);
    assert!(text.contains("party = \"Example Party\""), "{text}");
}

#[test]
fn a_slip_in_the_first_passphrase_makes_nothing() {
    let place = Place::new();
    // No keyring, no terminal, no passphrase: files may be left behind, and the next run begins anew all the same.
    place.unlisted(&["init", "--vault"]).arg(place.path("slip")).stdin("").run().code(2).says(&["key of your locked file"]);
    let again = place.unlisted(&["vault", "list", "--vault"]).arg(place.path("slip")).stdin("a b c\n").run();
    again.code(3);
    place.unlisted(&["vault", "list", "--vault"]).arg(place.path("slip")).stdin("a b d\n").run().code(1).says(&["does not open"]);
    place.unlisted(&["vault", "list", "--vault"]).arg(place.path("slip")).stdin("a b c\n").run().code(3);
}

#[test]
fn answers_are_changed_and_a_name_that_was_mended_makes_the_id() {
    let place = Place::new();
    let script = format!("· / Amnia Castle / < / < / < / · / Amina Castle{} / yes / yes", " / ·".repeat(21));
    init(&place, &script).code(0).says(&["This is the first question", "Now: Amnia Castle", "under the name amina-castle"]);
    assert_eq!(place.unlisted(&["vault", "list"]).vault().run().code(0).out.trim(), "amina-castle");
    // Number 1, nothing changed up to the phones, one added; the permission that stands is kept.
    let script = format!("1{} / 07700 900123{} / yes", " / ·".repeat(12), " / ·".repeat(12));
    init(&place, &script).code(0).says(&["Press Enter to keep it", "Now: Amina Castle", "permission: given until"]);
    assert!(export(&place, &[]).code(0).out.contains("07700 900123"));
    // Somebody else of the same name has an id of their own.
    let script = format!("2 / · / Amina Castle{} / yes / yes", " / ·".repeat(21));
    init(&place, &script).code(0).says(&["under the name amina-castle-2", "unlisted prepare amina-castle-2"]);
    export(&place, &[]).code(2).says(&["amina-castle, amina-castle-2"]);
}

#[test]
fn a_file_goes_in_and_comes_out_as_it_was() {
    let place = Place::new();
    let person = people::with_other_details();
    let file = place.write("me.toml", &person);
    let import = |args: &[&str]| place.unlisted(&["import"]).arg(&file).args(args).vault().run();
    let ran = import(&[]).code(0).says(&["under the name amina-castle", "was not deleted"]);
    assert_eq!(Needles::of(&person).found_in(&ran.err), None);
    assert!(file.exists());
    assert_eq!(export(&place, &[]).code(0).out.trim_end(), person.trim_end());
    import(&["--keep"]).code(0).says(&["now those of this file"]);
    import(&["--delete"]).code(0).says(&["was deleted", "backup"]);
    assert!(!file.exists());
    import(&[]).code(2).says(&["There is no file"]);
    // Written: whole, for its owner only, over nothing.
    let out = place.path("out.toml");
    let path = out.display().to_string();
    export(&place, &["--out", &path]).code(0).says(&["not locked"]);
    assert_eq!(fs::read_to_string(&out).expect("a file"), person);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&out).expect("a file").permissions().mode() & 0o777, 0o600);
    }
    fs::write(&out, "mine").expect("a file");
    export(&place, &["--out", &path]).code(2).says(&["is there already"]);
    assert_eq!(fs::read_to_string(&out).expect("a file"), "mine");
    export(&place, &["--out", &place.path("home").display().to_string()]).code(2).says(&["is a folder"]);
    export(&place, &["--out", &place.path("no/such/x.toml").display().to_string()]).code(2).says(&["Make the folder"]);
    place.unlisted(&["export"]).vault().run().code(2).says(&["--yes"]);
    assert_eq!(
        fs::read_dir(place.path(""))
            .expect("a folder")
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().contains(".part"))
            .count(),
        0
    );
}

#[test]
fn import_warns_and_refuses() {
    let place = Place::new();
    let person = people::with_other_details();
    let import = |file: &std::path::Path| place.unlisted(&["import"]).arg(file).vault().run();
    let number = format!("{person}\n[[private]]\nkind = \"national-insurance-number\"\nvalue = \"QQ 12 34 56 C\"\n");
    let ran = import(&place.write("number.toml", &number)).code(0).says(&["identity numbers", "never given out"]);
    assert!(!ran.err.contains("34 56"), "{}", ran.err);
    let synced = place.write("OneDrive - Example Party/me.toml", &person);
    import(&synced).code(0).says(&["copied to a cloud", "empty the bin"]);
    let ran = import(&place.write("plain/me.toml", &person)).code(0);
    assert!(!ran.err.contains("cloud") && !ran.err.contains("identity"), "{}", ran.err);
    let other = person
        .replace("Amina Rose Castle", "Zed Nobody")
        .replace("Mina Castle", "Zee Nobody")
        .replace("Amina Hartley", "Zee Old");
    import(&place.write("other.toml", other)).code(2).says(&["belongs to somebody else"]);
    import(&place.write("bad.toml", person.replace("kind = \"phone\"", "kind = \"telephone\""))).code(2).says(&["line "]);
    import(&place.write("contest.toml", person.replace("announced = true", "contest = \"king\"\nannounced = true")))
        .code(2)
        .says(&["candidacy.contest", "one of: uk-parliament"]);
    import(&place.write("council.toml", person.replace("ZNG", "QQQ"))).code(2);
    import(&place.path("config")).code(2).says(&["folder"]);
    import(&place.write("latin.toml", b"id = \"caf\xe9\"")).code(2).says(&["UTF-8"]);
    let big = place.path("big.toml");
    fs::File::create(&big).and_then(|f| f.set_len(1 << 30)).expect("a sparse file");
    import(&big).code(2).says(&["larger than 1 MB"]);
    #[cfg(unix)]
    {
        let link = place.path("link.toml");
        std::os::unix::fs::symlink(&synced, &link).expect("a link");
        place.unlisted(&["import", "--delete"]).arg(&link).vault().run().code(1).says(&["only a link", "was not deleted"]);
        assert!(synced.exists());
        // A pipe would be read for ever.
        let pipe = place.path("pipe.toml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
        import(&pipe).code(2).says(&["not an ordinary file"]);
        let (first, second) = (place.write("first.toml", &person), place.path("second.toml"));
        fs::hard_link(&first, &second).expect("a second name");
        place.unlisted(&["import", "--delete"]).arg(&first).vault().run().code(0).says(&["has a second name"]);
        assert!(!first.exists() && second.exists());
        let ran = place.unlisted(&["import", "--delete"]).arg(&second).vault().run().code(0);
        assert!(!ran.err.contains("second name"), "{}", ran.err);
    }
    let out = place.path("Dropbox/me.toml");
    fs::create_dir_all(out.parent().expect("a parent")).expect("a folder");
    place.unlisted(&["export", "--out"]).arg(&out).arg("--yes").vault().run().code(0);
}

#[test]
fn a_record_begun_before_stays_with_its_person() {
    let place = Place::new();
    place.unlisted(&["incident", "add"]).vault().stdin("He shouted at me\n").run().code(0);
    assert_eq!(place.unlisted(&["vault", "list"]).vault().run().out.trim(), "me");
    // The list of what to do needs no details, nor do answers that are not finished take it away.
    place.unlisted(&["prepare"]).vault().run().code(0);
    let script = format!("· / Amina Castle{} / yes / yes", " / ·".repeat(21));
    init(&place, &script).code(0).says(&["under the name me"]);
    assert_eq!(place.unlisted(&["vault", "list"]).vault().run().out.trim(), "me");
}

#[test]
fn details_that_are_imported_join_the_record_begun_before() {
    let place = Place::new();
    let add = |what: &str| place.unlisted(&["incident", "add"]).vault().stdin(what).run().code(0);
    add("He shouted at me\n");
    let file = place.write("person.toml", people::with_other_details());
    let import = || place.unlisted(&["import", "--keep"]).arg(&file).vault().run().code(0);
    import().says(&["under the name me", "and not under amina-castle"]);
    assert_eq!(place.unlisted(&["vault", "list"]).vault().run().out.trim(), "me");
    assert!(add("He came again\n").out.contains("number 2"));
    let kept = place.unlisted(&["export", "--yes"]).vault().run().code(0).out;
    assert_eq!(kept, people::with_other_details().replacen("id = \"amina-castle\"", "id = \"me\"", 1));
    // Once there is somebody of that name with details, nobody else joins them.
    place.unlisted(&["import", "--delete"]).arg(&file).vault().run().code(0);
    assert!(!file.exists(), "what is deleted is compared with what was read");
}
