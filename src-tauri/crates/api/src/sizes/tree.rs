//! The files of an archive as a tree, in which packages of Node and Python stand by their names.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_artifact::Entry;
use serde_json::{Value, json};

/// What a node of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A folder.
    Folder,
    /// A package of Node or Python.
    Package,
    /// A file.
    File,
}

/// A folder, package or file, with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name: the last part of its path; a package's whole name.
    pub name: String,
    /// Its path in the archive; empty for the archive itself.
    pub path: String,
    /// What it is.
    pub kind: NodeKind,
    /// Files in it; 1 for a file.
    pub files: u64,
    /// Bytes when unpacked.
    pub unzipped: u64,
    /// Bytes of content in the archive.
    pub zipped: u64,
    /// What it holds, largest first.
    pub children: Vec<Node>,
}

/// A folder while files are added.
#[derive(Default)]
struct Growing {
    children: BTreeMap<String, Growing>,
    /// Sizes of a file; none for a folder.
    file: Option<(u64, u64)>,
}

/// The tree of these files.
pub(crate) fn grow(entries: &[Entry]) -> Node {
    let mut root = Growing::default();
    for entry in entries {
        let mut at = &mut root;
        for part in entry.path.split('/') {
            at = at.children.entry(part.to_owned()).or_default();
        }
        at.file = Some((entry.size, entry.compressed));
    }
    root.finish(String::new(), String::new())
}

impl Growing {
    fn finish(self, name: String, path: String) -> Node {
        let (of_node, scope) = (is_modules(&path), is_scope(&path));
        let of_python = python_packages(&self.children);
        let (files, (unzipped, zipped)) = match self.file {
            Some(sizes) => (1, sizes),
            None => (0, (0, 0)),
        };
        let mut node = Node {
            name,
            kind: if self.file.is_some() {
                NodeKind::File
            } else {
                NodeKind::Folder
            },
            path,
            files,
            unzipped,
            zipped,
            children: Vec::with_capacity(self.children.len()),
        };
        for (name, child) in self.children {
            let path = match node.path.as_str() {
                "" => name.clone(),
                parent => format!("{parent}/{name}"),
            };
            let is_folder = child.file.is_none();
            let of_python = of_python.contains(&name);
            let is_package =
                is_folder && (of_python || scope || (of_node && !name.starts_with(['.', '@'])));
            let mut child = child.finish(name, path);
            if is_package {
                child.kind = NodeKind::Package;
                if scope && let Some((_, whole)) = child.path.rsplit_once("node_modules/") {
                    child.name = whole.to_owned();
                }
            }
            node.files += child.files;
            node.unzipped += child.unzipped;
            node.zipped += child.zipped;
            node.children.push(child);
        }
        let larger = |a: &Node, b: &Node| b.unzipped.cmp(&a.unzipped).then(a.path.cmp(&b.path));
        node.children.sort_by(larger);
        node
    }
}

fn is_modules(path: &str) -> bool {
    path == "node_modules" || path.ends_with("/node_modules")
}

/// `node_modules/@scope`.
fn is_scope(path: &str) -> bool {
    path.rsplit_once('/')
        .is_some_and(|(parent, name)| name.starts_with('@') && is_modules(parent))
}

/// Folders that stand beside `*.dist-info`: the packages that were installed there.
fn python_packages(children: &BTreeMap<String, Growing>) -> BTreeSet<String> {
    let named = |name: &String| -> Option<String> {
        let whole = name.strip_suffix(".dist-info")?;
        Some(plain(whole.split_once('-').map_or(whole, |(name, _)| name)))
    };
    let installed: BTreeSet<String> = children.keys().filter_map(named).collect();
    let is_package = |name: &&String| installed.contains(&plain(name));
    children.keys().filter(is_package).cloned().collect()
}

/// A name as Python compares them: case, dashes, dots and underscores do not count.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', '.'], "_")
}

impl Node {
    /// The pattern that leaves it out, as it is written in `package.patterns`; none for the archive itself.
    pub fn pattern(&self) -> Option<String> {
        if self.path.is_empty() {
            return None;
        }
        let mut text = "!".to_owned();
        for letter in self.path.chars() {
            if pilothouse_artifact::is_special(letter) {
                text.push('\\');
            }
            text.push(letter);
        }
        if self.kind != NodeKind::File {
            text.push_str("/**");
        }
        Some(text)
    }

    /// The packages, folders and files that make up the most: packages wherever they are, and else what is at the
    /// top; largest first.
    pub fn largest(&self) -> Vec<&Node> {
        let mut found = Vec::new();
        for child in &self.children {
            child.collect(&mut found);
        }
        found.sort_by(|a, b| b.unzipped.cmp(&a.unzipped).then(a.path.cmp(&b.path)));
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Self>) {
        if self.kind != NodeKind::Folder || !self.holds_packages() {
            found.push(self);
            return;
        }
        for child in &self.children {
            child.collect(found);
        }
    }

    fn holds_packages(&self) -> bool {
        let is_one = |child: &Self| child.kind == NodeKind::Package || child.holds_packages();
        self.kind == NodeKind::Folder && self.children.iter().any(is_one)
    }

    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        let kind = match self.kind {
            NodeKind::Folder => "folder",
            NodeKind::Package => "package",
            NodeKind::File => "file",
        };
        let children = (self.kind != NodeKind::File).then_some(&self.children);
        json!({
            "name": self.name, "path": self.path, "kind": kind, "files": self.files,
            "unzipped": self.unzipped, "zipped": self.zipped,
            "children": children.map(|all| all.iter().map(Self::to_value).collect::<Value>()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, u64)]) -> Node {
        let entry = |(path, size): &(&str, u64)| Entry {
            path: (*path).to_owned(),
            size: *size,
            compressed: size / 2,
            crc: 0,
            mode: 0o644,
        };
        grow(&files.iter().map(entry).collect::<Vec<_>>())
    }

    fn named(tree: &Node) -> Vec<(&str, NodeKind, u64)> {
        let told = tree.largest().into_iter();
        told.map(|n| (n.name.as_str(), n.kind, n.unzipped))
            .collect()
    }

    #[test]
    fn packages_of_node_stand_by_their_names_with_what_they_bring_along() {
        let tree = tree(&[
            ("handler.js", 10),
            ("node_modules/.package-lock.json", 2),
            ("node_modules/@aws/one/index.js", 100),
            ("node_modules/two/index.js", 20),
            ("node_modules/two/node_modules/three/index.js", 30),
        ]);
        assert_eq!((tree.files, tree.unzipped, tree.zipped), (5, 162, 81));
        let expected = [
            ("@aws/one", NodeKind::Package, 100),
            ("two", NodeKind::Package, 50),
            ("handler.js", NodeKind::File, 10),
            (".package-lock.json", NodeKind::File, 2),
        ];
        assert_eq!(named(&tree), expected);
    }

    #[test]
    fn folders_beside_a_dist_info_are_packages_of_python() {
        let tree = tree(&[
            ("Flask/app.py", 50),
            ("flask-3.0.0.dist-info/RECORD", 5),
            ("own/code.py", 7),
        ]);
        let expected = [
            ("Flask", NodeKind::Package, 50),
            ("own", NodeKind::Folder, 7),
            ("flask-3.0.0.dist-info", NodeKind::Folder, 5),
        ];
        assert_eq!(named(&tree), expected);
    }
}
