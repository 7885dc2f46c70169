//! Embeds every file of `config/`, so that the program needs no files beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[expect(clippy::use_debug, reason = "the Debug form of a string is a literal of the language")]
fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let config = here.join("../../config");
    println!("cargo::rerun-if-changed={}", config.display());
    let mut files = Vec::new();
    walk(&config, &config, &mut files)?;
    files.sort();
    let mut code = String::from(
        "/// Every shipped file: its path inside `config/`, its text.\npub(super) static FILES: &[(&str, &str)] = &[\n",
    );
    for (name, path) in files {
        // A `String` never fails to be written to.
        let _written = writeln!(code, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("shipped.rs"), code)
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") || is_letter(root, &path) {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((name, path.canonicalize()?));
        }
    }
    Ok(())
}

/// Texts of letters; what explains the rows to people who change them is not wanted at run time.
fn is_letter(root: &Path, path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "md") && path.parent() == Some(root.join("letters").as_path())
}
