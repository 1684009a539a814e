//! Files that go to buckets, and that go from them, as rows.

use pilothouse_api::package::size_in_words;
use pilothouse_api::remove::RemovedFiles;
use pilothouse_api::words;

use pilothouse_model::{SyncedFile, SyncedFolder};

use crate::wire::{ChangeKind, PlanRow, PropertyRow};

/// What rows of files say they are.
const FILES: &str = "AWS::S3::Object";
/// Of more files than this that are uploaded, only so many are named; what is deleted is named always.
const MOST: usize = 200;

/// The rows of a folder: what is deleted, put in place of others, and new.
pub(crate) fn rows(folder: &SyncedFolder) -> Vec<PlanRow> {
    let own = |key: &&String| !folder.foreign.contains(*key);
    let deleted = folder.deleted.iter().filter(own);
    let deleted = deleted.map(|key| property(key, Some("in the bucket"), "deleted"));
    let all = [
        (ChangeKind::Remove, deleted.collect()),
        (
            ChangeKind::Modify,
            uploads(&folder.changed, Some("as it lies there")),
        ),
        (ChangeKind::Add, uploads(&folder.added, None)),
    ];
    let counts = [
        folder.deleted.len() - folder.foreign.len(),
        folder.changed.len(),
        folder.added.len(),
    ];
    let rows = all.into_iter().zip(counts);
    let mut rows: Vec<PlanRow> = rows
        .filter(|(_, count)| *count > 0)
        .map(|((change, properties), count)| row(folder, change, count, properties))
        .collect();
    if !folder.foreign.is_empty() {
        rows.push(foreign(folder));
    }
    if !folder.tags.is_empty() {
        let tag =
            |(key, value): (&String, &String)| property(key, Some("absent or another"), value);
        let mut tags = row(
            folder,
            ChangeKind::Modify,
            0,
            folder.tags.iter().map(tag).collect(),
        );
        tags.name = format!("tags of {}", folder.place());
        tags.logical_id = format!("{} (tags)", folder.place());
        rows.push(tags);
    }
    rows
}

/// What others put there and nobody has again: as a table that goes, it is allowed by typing a name.
fn foreign(folder: &SyncedFolder) -> PlanRow {
    let keys = folder.foreign.iter();
    let keys = keys.map(|key| property(key, Some("no deploy put it there"), "deleted"));
    let mut row = row(
        folder,
        ChangeKind::Remove,
        folder.foreign.len(),
        keys.collect(),
    );
    row.logical_id = folder.place();
    row.holds_data = true;
    row
}

fn row(
    folder: &SyncedFolder,
    change: ChangeKind,
    count: usize,
    properties: Vec<PropertyRow>,
) -> PlanRow {
    let noun = if count == 1 { "file" } else { "files" };
    let place = folder.place();
    PlanRow {
        logical_id: match change {
            ChangeKind::Remove => format!("{place} (deleted files)"),
            ChangeKind::Modify => format!("{place} (changed files)"),
            _ => format!("{place} (new files)"),
        },
        name: match change {
            ChangeKind::Remove => format!("{count} {noun} in {place}"),
            _ => format!("{count} {noun} of {} in {place}", folder.folder),
        },
        resource_type: FILES.to_owned(),
        type_words: words::of_type(FILES),
        stack: None,
        physical_id: folder.bucket.clone(),
        change,
        holds_data: false,
        conditional: false,
        properties,
        origin: None,
        usual_millis: None,
    }
}

fn uploads(files: &[SyncedFile], before: Option<&str>) -> Vec<PropertyRow> {
    let named = files.iter().take(MOST).map(|file| {
        let what = if file.served_anew {
            "served in another way".to_owned()
        } else {
            size_in_words(file.bytes)
        };
        property(&file.key, before, &what)
    });
    let mut rows: Vec<PropertyRow> = named.collect();
    if files.len() > MOST {
        let rest: u64 = files.iter().skip(MOST).map(|file| file.bytes).sum();
        let name = format!("and {} more", files.len() - MOST);
        rows.push(property(&name, before, &size_in_words(rest)));
    }
    rows
}

fn property(path: &str, before: Option<&str>, after: &str) -> PropertyRow {
    PropertyRow {
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: Some(after.to_owned()),
    }
}

/// Files that a removal deletes, beside the resources of the stack.
pub(crate) fn of_removed(files: &RemovedFiles) -> String {
    let noun = if files.keys.len() == 1 {
        "file"
    } else {
        "files"
    };
    format!(
        "{} {noun} in {}/{}",
        files.keys.len(),
        files.bucket,
        files.prefix
    )
}
