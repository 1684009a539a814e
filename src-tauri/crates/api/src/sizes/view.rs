//! Sizes for the window: trees small enough to be drawn, and with each part the pattern that leaves it out.

use serde::Serialize;
use specta::Type;

use super::{ArchiveSize, FunctionSize, Node, NodeKind, Sizes, UNPACKED_LIMIT};

/// A part that is smaller than this share of its archive is told together with its like.
const SMALLEST_SHARE: u64 = 400;
/// The most parts of a folder that are told by name.
const MOST_PARTS: usize = 40;

/// How large a service is. Sizes are bytes; what is more than 4 GB is told as that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SizesView {
    /// The service's name.
    pub service: String,
    /// The most that a function and its layers may unpack to.
    pub limit: u32,
    /// The archives, in the order of the file.
    pub archives: Vec<ArchiveView>,
    /// The functions, each with its layers.
    pub functions: Vec<FunctionSizeView>,
    /// The patterns that are left out, as they are written in `package.patterns`.
    pub without: Vec<String>,
}

/// An archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveView {
    /// Its file name.
    pub name: String,
    /// The functions that run it.
    pub functions: Vec<String>,
    /// Its bytes as it was written.
    pub zipped: u32,
    /// What it holds; none for an archive that was made elsewhere.
    pub tree: Option<SizePart>,
    /// What would be left of it: files, bytes unpacked, bytes packed.
    pub rest: Option<RestView>,
    /// The list of the configuration that its patterns stand in; none when it has none.
    pub patterns_at: Option<Vec<String>>,
}

/// What would be left of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestView {
    /// Files.
    pub files: u32,
    /// Bytes when unpacked.
    pub unzipped: u32,
    /// Bytes of the archive.
    pub zipped: u32,
}

/// What a part of an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SizeKind {
    /// A folder.
    Folder,
    /// A package of Node or Python.
    Package,
    /// A file.
    File,
    /// Several small parts.
    Smaller,
}

/// A folder, package or file with what it holds, largest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SizePart {
    /// Its name.
    pub name: String,
    /// Its path in the archive; empty for the archive itself.
    pub path: String,
    /// What it is.
    pub kind: SizeKind,
    /// Files in it.
    pub files: u32,
    /// Bytes when unpacked.
    pub unzipped: u32,
    /// Bytes of content in the archive.
    pub zipped: u32,
    /// The pattern that leaves it out; none for several small parts and the archive itself.
    pub pattern: Option<String>,
    /// What it holds.
    pub children: Vec<SizePart>,
}

/// A function with its layers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FunctionSizeView {
    /// Its key.
    pub name: String,
    /// The archives: its own, then those of its layers.
    pub archives: Vec<String>,
    /// Bytes when all of them are unpacked.
    pub unzipped: u32,
    /// The same less what is left out.
    pub rest: u32,
    /// Archives and layers that were not looked into.
    pub unknown: u32,
    /// More than Lambda takes.
    pub too_large: bool,
}

impl Sizes {
    /// For the window.
    pub fn to_view(&self) -> SizesView {
        SizesView {
            service: self.service.clone(),
            limit: fits(UNPACKED_LIMIT),
            archives: self.archives.iter().map(archive).collect(),
            functions: self.functions.iter().map(function).collect(),
            without: self.without.clone(),
        }
    }
}

fn archive(archive: &ArchiveSize) -> ArchiveView {
    ArchiveView {
        name: archive.name.clone(),
        functions: archive.functions.clone(),
        zipped: fits(archive.zipped),
        tree: archive.tree.as_ref().map(|tree| {
            let least = tree.unzipped / SMALLEST_SHARE;
            part(tree, least)
        }),
        rest: archive.rest.map(|rest| RestView {
            files: fits(rest.files),
            unzipped: fits(rest.unzipped),
            zipped: fits(rest.zipped),
        }),
        patterns_at: archive.patterns_at.clone(),
    }
}

fn function(function: &FunctionSize) -> FunctionSizeView {
    FunctionSizeView {
        name: function.name.clone(),
        archives: function.archives.clone(),
        unzipped: fits(function.unzipped),
        rest: fits(function.rest),
        unknown: fits(function.unknown),
        too_large: function.unzipped > UNPACKED_LIMIT,
    }
}

/// A part with those of its parts that are worth a name.
fn part(node: &Node, least: u64) -> SizePart {
    let is_large = |(at, child): &(usize, &Node)| *at < MOST_PARTS && child.unzipped >= least;
    let numbered = || node.children.iter().enumerate();
    // One small part alone keeps its name.
    let small = numbered().filter(|one| !is_large(one)).count();
    let named = numbered().filter(|one| is_large(one) || small == 1);
    let mut children: Vec<SizePart> = named.map(|(_, child)| part(child, least)).collect();
    if small > 1 {
        let smaller = numbered()
            .filter(|one| !is_large(one))
            .map(|(_, child)| child);
        let sum =
            |of: fn(&Node) -> u64| fits(smaller.clone().fold(0, |all, child| all + of(child)));
        children.push(SizePart {
            name: format!("{small} smaller"),
            path: node.path.clone(),
            kind: SizeKind::Smaller,
            files: sum(|child| child.files),
            unzipped: sum(|child| child.unzipped),
            zipped: sum(|child| child.zipped),
            pattern: None,
            children: Vec::new(),
        });
    }
    SizePart {
        name: node.name.clone(),
        path: node.path.clone(),
        kind: match node.kind {
            NodeKind::Folder => SizeKind::Folder,
            NodeKind::Package => SizeKind::Package,
            NodeKind::File => SizeKind::File,
        },
        files: fits(node.files),
        unzipped: fits(node.unzipped),
        zipped: fits(node.zipped),
        pattern: node.pattern(),
        children,
    }
}

fn fits(bytes: u64) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use pilothouse_artifact::Pattern;

    use super::*;

    fn leaf(path: &str, kind: NodeKind, unzipped: u64) -> Node {
        Node {
            name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            path: path.to_owned(),
            kind,
            files: 1,
            unzipped,
            zipped: unzipped / 2,
            children: Vec::new(),
        }
    }

    #[test]
    fn small_parts_are_one_and_nothing_is_lost() {
        let mut root = leaf("", NodeKind::Folder, 0);
        root.children = (0..12_000)
            .map(|number| leaf(&format!("f{number}.txt"), NodeKind::File, 10))
            .collect();
        root.children
            .insert(0, leaf("large.bin", NodeKind::File, 50_000));
        root.unzipped = 170_000;
        let shown = part(&root, root.unzipped / SMALLEST_SHARE);
        assert_eq!(shown.children.len(), 2);
        let smaller = shown.children.last().expect("the rest");
        assert_eq!(
            (smaller.name.as_str(), smaller.files, smaller.unzipped),
            ("12000 smaller", 12_000, 120_000)
        );
        let sum: u32 = shown.children.iter().map(|child| child.unzipped).sum();
        assert_eq!(u64::from(sum), root.unzipped);
    }

    #[test]
    fn the_pattern_of_a_part_takes_it_and_nothing_beside_it() {
        let of = |path: &str, kind| {
            let text = leaf(path, kind, 1).pattern().expect("a pattern");
            let bare = text
                .strip_prefix('!')
                .expect("it leaves something out")
                .to_owned();
            Pattern::compile(&bare).expect("it is well formed")
        };
        let folder = of("lib/a", NodeKind::Folder);
        assert!(folder.matches("lib/a/b/c.js") && !folder.matches("lib/ab.js"));
        let odd = of("pages/[id] (x)/{a}.js", NodeKind::File);
        assert!(odd.matches("pages/[id] (x)/{a}.js"));
        assert!(!odd.matches("pages/i (x)/a.js") && !odd.matches("pages/d x/{a}.js"));
        assert_eq!(leaf("", NodeKind::Folder, 1).pattern(), None);
    }
}
