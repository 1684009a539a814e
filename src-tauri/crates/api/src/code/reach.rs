//! Which files a file of JavaScript can reach, so that consent is given to all of them.
//!
//! Plain texts in `require` and `import` are followed. Where a file reaches further (names that it makes up, `fs`,
//! packages), the whole project counts.

use std::collections::BTreeMap;

use pilothouse_effects::{EntryKind, ProjectFiles, ProjectProblem};
use pilothouse_model::{Digest, ProjectPath};

/// What cannot make a file reach another.
const HARMLESS: &[&str] = &[
    "assert",
    "buffer",
    "crypto",
    "events",
    "os",
    "path",
    "querystring",
    "string_decoder",
    "timers",
    "url",
    "util",
];
/// Folders that are not the project's own code. What is installed is told by the lock files.
const PASSED_OVER: &[&str] = &[
    "node_modules",
    ".git",
    ".serverless",
    ".pilothouse",
    ".venv",
];
/// What the package manager writes beside what it installed.
const INSTALLED: &[&str] = &[
    "node_modules/.package-lock.json",
    "node_modules/.yarn-integrity",
    "node_modules/.modules.yaml",
];
/// The most bytes of a file.
const MOST_BYTES: u64 = 64 << 20;

/// What a program can reach.
#[derive(Debug)]
pub(crate) struct Reach {
    /// Its files and their hashes.
    pub(super) files: BTreeMap<ProjectPath, Digest>,
    /// Whether these are all it needs; else it may read the whole project.
    pub(super) is_bounded: bool,
}

impl Reach {
    /// The hash that consent is given to.
    pub(super) fn hash(&self) -> String {
        let mut text = format!("code, bounded: {}\n", self.is_bounded);
        for (path, digest) in &self.files {
            // A path holds no line break that could be taken for another file's line: its length is said.
            text.push_str(&format!("{} {path} {digest}\n", path.as_str().len()));
        }
        Digest::of(text.as_bytes()).to_string()
    }
}

/// What code that may read everything can reach.
pub(super) fn whole(files: &dyn ProjectFiles) -> Result<Reach, ProjectProblem> {
    let mut reach = Reach {
        files: BTreeMap::new(),
        is_bounded: false,
    };
    everything(files, &mut reach)?;
    Ok(reach)
}

/// What a file can reach.
pub(super) fn of(files: &dyn ProjectFiles, entry: &ProjectPath) -> Result<Reach, ProjectProblem> {
    let mut reach = Reach {
        files: BTreeMap::new(),
        // TypeScript is run by a package.
        is_bounded: !entry.as_str().ends_with("ts"),
    };
    let mut waiting = vec![entry.clone()];
    while let Some(path) = waiting.pop() {
        if reach.files.contains_key(&path) {
            continue;
        }
        let bytes = files.read(&path, MOST_BYTES)?;
        reach.files.insert(path.clone(), Digest::of(&bytes));
        let text = String::from_utf8_lossy(&bytes);
        if path.file_name().ends_with(".json") {
            continue;
        }
        let names = names_in(&text);
        reach.is_bounded &= names.all_plain;
        for name in names.names {
            if name.starts_with("./") || name.starts_with("../") {
                match resolved(files, &path, name) {
                    Some(found) => waiting.push(found),
                    None => reach.is_bounded = false,
                }
            } else if !HARMLESS.contains(&name.strip_prefix("node:").unwrap_or(name)) {
                reach.is_bounded = false;
            }
        }
        waiting.extend(manifests(files, &path));
    }
    if !reach.is_bounded {
        everything(files, &mut reach)?;
    }
    Ok(reach)
}

/// The `package.json` files that say how a file is read.
fn manifests(files: &dyn ProjectFiles, path: &ProjectPath) -> Vec<ProjectPath> {
    let mut found = Vec::new();
    let mut folder = path.parent();
    loop {
        let manifest = ProjectPath::join(folder.as_ref(), "package.json");
        found.extend(manifest.ok().filter(|path| is_there(files, path)));
        match folder {
            Some(inner) => folder = inner.parent(),
            None => return found,
        }
    }
}

fn is_there(files: &dyn ProjectFiles, path: &ProjectPath) -> bool {
    files.open(path).is_ok()
}

fn resolved(files: &dyn ProjectFiles, from: &ProjectPath, name: &str) -> Option<ProjectPath> {
    const ENDINGS: &[&str] = &["", ".js", ".json", ".cjs", ".mjs", "/index.js"];
    ENDINGS.iter().find_map(|ending| {
        let name = format!("{name}{ending}");
        let path = ProjectPath::join(from.parent().as_ref(), &name).ok()?;
        is_there(files, &path).then_some(path)
    })
}

/// Adds every file of the project, and what was installed.
fn everything(files: &dyn ProjectFiles, reach: &mut Reach) -> Result<(), ProjectProblem> {
    let entries = files.walk(&|path| PASSED_OVER.contains(&path.file_name()))?;
    for entry in entries {
        if matches!(entry.kind, EntryKind::File { .. }) && !reach.files.contains_key(&entry.path) {
            let digest = Digest::of(&files.read(&entry.path, MOST_BYTES)?);
            reach.files.insert(entry.path, digest);
        }
    }
    for name in INSTALLED {
        let Ok(path) = ProjectPath::parse(name) else {
            continue;
        };
        if let Ok(bytes) = files.read(&path, MOST_BYTES) {
            reach.files.insert(path, Digest::of(&bytes));
        }
    }
    Ok(())
}

struct Names<'a> {
    names: Vec<&'a str>,
    /// Whether each was a plain text.
    all_plain: bool,
}

/// The modules that a text names. More may be found than are loaded (in a comment), which does no harm.
fn names_in(text: &str) -> Names<'_> {
    let mut found = Names {
        names: Vec::new(),
        all_plain: true,
    };
    for word in ["require", "import", "from"] {
        for (at, _) in text.match_indices(word) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let rest = text.get(at + word.len()..).unwrap_or_default();
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
            if before.is_some_and(|c| is_part(c) || c == '.') || rest.starts_with(is_part) {
                // `require` as a part of a longer name is another name; after a dot it is somebody's own.
                found.all_plain &= !(word == "require" && before == Some('.'));
                continue;
            }
            let rest = rest.trim_start();
            let is_call = rest.starts_with('(');
            let inside = rest.strip_prefix('(').unwrap_or(rest).trim_start();
            match plain(inside, is_call) {
                Some(name) => found.names.push(name),
                // `import x from 'y'` has its text after `from`; `from` is also a name.
                None if word == "require"
                    || (word == "import" && (is_call || rest.starts_with('.'))) =>
                {
                    found.all_plain = false;
                }
                None => {}
            }
        }
    }
    found
}

/// The text in quotes at the beginning; in a call nothing may follow it.
fn plain(text: &str, is_call: bool) -> Option<&str> {
    let quote = text
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let (name, rest) = text.get(1..)?.split_once(quote)?;
    let is_whole = !is_call || rest.trim_start().starts_with([')', ',']);
    (is_whole && !name.contains(['\\', '$', '\n'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_what_is_made_up_is_told() {
        let names = |text| {
            let found = names_in(text);
            (found.names.join(" "), found.all_plain)
        };
        assert_eq!(names("const a = require('./a')"), ("./a".into(), true));
        assert_eq!(
            names("import a from \"./a\"; export * from './b'"),
            ("./a ./b".into(), true)
        );
        assert_eq!(names("import './a'; import('./c')").0, "./a ./c");
        for made_up in [
            "require(name)",
            "import(`./${x}`)",
            "require('./a' + b)",
            "const r = require",
            "module.require(x)",
        ] {
            assert!(!names(made_up).1, "{made_up}");
        }
        assert_eq!(
            names("Array.from('x'); requireds('y')"),
            (String::new(), true)
        );
    }
}
