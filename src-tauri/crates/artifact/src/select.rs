//! Which files of a tree go into an archive.

use pilothouse_effects::{EntryKind, TreeEntry};
use pilothouse_model::ProjectPath;

use crate::development::Development;
use crate::refusal::{self, Refused, Why};
use crate::rules::Rules;

/// A file to pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SelectedFile {
    /// Where it lies, and its name in the archive.
    pub path: ProjectPath,
    /// Its size when it was listed, in bytes.
    pub size: u64,
    /// Whether its mode is 0755 rather than 0644.
    pub executable: bool,
}

/// What an archive will hold, and what was asked for and is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The files, by the bytes of their paths.
    pub files: Vec<SelectedFile>,
    /// Never packed, whatever patterns say.
    pub refused: Vec<Refused>,
}

/// Selects from a tree as [`pilothouse_effects::ProjectFiles::walk`] lists it.
pub fn select(rules: &Rules, development: &Development, tree: &[TreeEntry]) -> Selection {
    let mut selection = Selection::default();
    for entry in tree {
        let path = entry.path.as_str();
        if !wanted(rules, entry) || development.contain(path) {
            continue;
        }
        let why = refusal(rules, entry);
        match (entry.kind, why) {
            (_, Some(why)) => selection.refused.push(Refused {
                path: entry.path.clone(),
                why,
            }),
            (EntryKind::File { size, executable }, None) => selection.files.push(SelectedFile {
                path: entry.path.clone(),
                size,
                executable,
            }),
            _ => {}
        }
    }
    selection.files.sort_unstable();
    selection.refused.sort_unstable();
    selection
}

fn wanted(rules: &Rules, entry: &TreeEntry) -> bool {
    match entry.kind {
        // A folder that was not entered is asked for when a file in it would be.
        EntryKind::Folder => {
            let folder = entry.path.as_str();
            rules.include(&format!("{folder}/file")) || rules.name_within(folder)
        }
        _ => rules.include(entry.path.as_str()),
    }
}

fn refusal(rules: &Rules, entry: &TreeEntry) -> Option<Why> {
    match entry.kind {
        EntryKind::LinkAway => return Some(Why::LinkAway),
        EntryKind::Special => return Some(Why::NotAFile),
        _ => {}
    }
    // A harmless name may be a link to `.env`: where it leads counts as well.
    [Some(&entry.path), entry.target.as_ref()]
        .into_iter()
        .flatten()
        .find_map(|path| {
            let why = refusal::why(path.as_str())?;
            let allowed = why.can_be_allowed() && rules.name(path.as_str());
            (!allowed).then_some(why)
        })
}

#[cfg(test)]
#[path = "select_tests.rs"]
mod tests;
