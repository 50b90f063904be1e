//! The interoperability vectors that come with the source package of xmlsec1.
//!
//! They are fetched with the system's own package sources, by a list of source packages that only this call sees.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::program::Program;
use crate::workspace;

/// `cargo xtask vectors`.
pub fn run() -> Result<(), Failure> {
    println!("RELAIS_XMLSEC_VECTORS={}", xmlsec()?.display());
    Ok(())
}

/// The folder with the unpacked source of xmlsec1, fetched once.
pub fn xmlsec() -> Result<PathBuf, Failure> {
    let home = workspace::target().join("vectors").join("xmlsec1");
    let unpacked = home.join("source");
    if unpacked.join("tests").is_dir() {
        return Ok(unpacked);
    }
    fetch(&home)?;
    unpack(&home, &unpacked)?;
    Ok(unpacked)
}

fn fetch(home: &Path) -> Result<(), Failure> {
    let lists = home.join("lists");
    create(&lists.join("partial"))?;
    let sources = home.join("sources.list");
    let text = source_lists(&codename()?)?;
    fs::write(&sources, text).map_err(|cause| Failure::file(&sources, cause))?;
    let options = |program: Program| {
        let path = |name: &str, path: &Path| format!("{name}={}", path.display());
        program
            .arg("-o")
            .arg(path("Dir::Etc::SourceList", &sources))
            .arg("-o")
            .arg("Dir::Etc::SourceParts=/dev/null")
            .arg("-o")
            .arg(path("Dir::State::Lists", &lists))
            .arg("-o")
            .arg("Dir::Cache::pkgcache=")
            .arg("-o")
            .arg("Dir::Cache::srcpkgcache=")
            .arg("-o")
            .arg("APT::Sandbox::User=root")
            .arg("-o")
            .arg("Acquire::Languages=none")
    };
    options(Program::new("apt-get update --quiet")).run()?;
    options(Program::new("apt-get source --quiet --download-only --only-source xmlsec1")).at(home).run()
}

fn unpack(home: &Path, unpacked: &Path) -> Result<(), Failure> {
    let entries = fs::read_dir(home).map_err(|cause| Failure::file(home, cause))?;
    let archive = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(".orig.tar.")))
        .ok_or_else(|| Failure::Missing("the source package of xmlsec1 brought no archive".into()))?;
    create(unpacked)?;
    Program::new("tar --extract --strip-components=1 --file")
        .arg(archive)
        .arg("--directory")
        .arg(unpacked)
        .run()
}

fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|cause| Failure::file(folder, cause))
}

/// The name of this Debian release, as its package sources write it.
fn codename() -> Result<String, Failure> {
    let path = Path::new("/etc/os-release");
    let text = fs::read_to_string(path).map_err(|cause| Failure::file(path, cause))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    line.map(|name| name.trim_matches('"').to_owned())
        .ok_or_else(|| Failure::Missing("this system does not say which release it is".into()))
}

/// The system's binary sources of its own release, as one-line sources of source packages.
fn source_lists(codename: &str) -> Result<String, Failure> {
    let mut lines = Vec::new();
    for file in source_files() {
        let text = fs::read_to_string(&file).map_err(|cause| Failure::file(&file, cause))?;
        match file.extension().is_some_and(|ending| ending == "sources") {
            true => {
                lines.extend(text.split("\n\n").filter_map(|stanza| from_stanza(stanza, codename)).flatten())
            }
            false => lines.extend(text.lines().filter_map(|line| from_line(line, codename))),
        }
    }
    match lines.is_empty() {
        true => Err(Failure::Missing(format!("no package source for {codename} is set up"))),
        false => Ok(lines.join("\n") + "\n"),
    }
}

fn source_files() -> Vec<PathBuf> {
    let folder = fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten();
    let parts = folder.filter_map(|entry| Some(entry.ok()?.path()));
    let known =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending == "list" || ending == "sources");
    std::iter::once(PathBuf::from("/etc/apt/sources.list"))
        .filter(|file| file.is_file())
        .chain(parts.filter(known))
        .collect()
}

/// `deb [options] URI SUITE COMPONENTS` with `deb-src` in front, if the suite belongs to this release.
fn from_line(line: &str, codename: &str) -> Option<String> {
    let rest = line.trim().strip_prefix("deb ")?;
    let after_options = rest.rsplit(']').next()?;
    let suite = after_options.split_whitespace().nth(1)?;
    suite.starts_with(codename).then(|| format!("deb-src {rest}"))
}

/// The lines of one stanza of the newer form.
fn from_stanza(stanza: &str, codename: &str) -> Option<Vec<String>> {
    let field = |name: &str| stanza.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let (uri, suites, components) = (field("URIs:")?, field("Suites:")?, field("Components:")?);
    let options = field("Signed-By:").map(|key| format!("[signed-by={key}] ")).unwrap_or_default();
    let ours = suites.split_whitespace().filter(|suite| suite.starts_with(codename));
    Some(ours.map(|suite| format!("deb-src {options}{uri} {suite} {components}")).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_stanza_becomes_one_line_for_each_suite_of_this_release() {
        let stanza = "Types: deb\n# a remark\nURIs: http://mirror.test/d\nSuites: bookworm bookworm-updates other\n\
                      Components: main\nSigned-By: /k.gpg";
        assert_eq!(
            from_stanza(stanza, "bookworm").unwrap(),
            [
                "deb-src [signed-by=/k.gpg] http://mirror.test/d bookworm main",
                "deb-src [signed-by=/k.gpg] http://mirror.test/d bookworm-updates main",
            ]
        );
    }

    #[test]
    fn a_line_of_another_release_is_left_out() {
        let ours = from_line("deb [arch=amd64] http://mirror.test/d bookworm main", "bookworm");
        assert_eq!(ours.unwrap(), "deb-src [arch=amd64] http://mirror.test/d bookworm main");
        assert_eq!(from_line("deb http://mirror.test/d cloud-bookworm main", "bookworm"), None);
        assert_eq!(from_line("# deb http://mirror.test/d bookworm main", "bookworm"), None);
    }
}
