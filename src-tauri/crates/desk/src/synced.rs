//! Files that go to buckets, and that go from them, as rows.

use pilothouse_api::package::size_in_words;
use pilothouse_api::remove::RemovedFiles;
use pilothouse_api::words;

use pilothouse_model::{SyncedFile, SyncedFolder};

use crate::wire::{ChangeKind, PlanRow, PropertyRow, StackResource};

/// What rows of files say they are.
const FILES: &str = "AWS::S3::Object";
/// Of more files than this that are uploaded, only so many are named; what is deleted is named always.
const MOST: usize = 200;

/// The rows of a folder: what is deleted, put in place of others, and new.
pub(crate) fn rows(folder: &SyncedFolder) -> Vec<PlanRow> {
    let deleted = folder.deleted.iter().map(|key| property(key, None, None));
    let all = [
        (ChangeKind::Remove, deleted.collect()),
        (ChangeKind::Modify, uploads(&folder.changed)),
        (ChangeKind::Add, uploads(&folder.added)),
    ];
    let counts = [
        folder.deleted.len(),
        folder.changed.len(),
        folder.added.len(),
    ];
    let rows = all.into_iter().zip(counts);
    let mut rows: Vec<PlanRow> = rows
        .filter(|(_, count)| *count > 0)
        .map(|((change, properties), count)| row(folder, change, count, properties))
        .collect();
    if !folder.tags.is_empty() {
        let tag = |(key, value): (&String, &String)| property(key, None, Some(value.clone()));
        let mut tags = row(
            folder,
            ChangeKind::Modify,
            0,
            folder.tags.iter().map(tag).collect(),
        );
        tags.name = format!("tags of {}", folder.place());
        tags.logical_id = format!("{} tags", tags.logical_id);
        rows.push(tags);
    }
    rows
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
        logical_id: format!("{place} {change:?}"),
        name: match change {
            ChangeKind::Remove => format!("{count} {noun} in {place}"),
            _ => format!("{count} {noun} of {} in {place}", folder.folder),
        },
        resource_type: FILES.to_owned(),
        type_words: words::of_type(FILES),
        physical_id: folder.bucket.clone(),
        change,
        holds_data: false,
        conditional: false,
        properties,
        origin: None,
        usual_millis: None,
    }
}

fn uploads(files: &[SyncedFile]) -> Vec<PropertyRow> {
    let named = files.iter().take(MOST).map(|file| {
        let what = if file.served_anew {
            "how it is served".to_owned()
        } else {
            size_in_words(file.bytes)
        };
        property(&file.key, None, Some(what))
    });
    let mut rows: Vec<PropertyRow> = named.collect();
    if files.len() > MOST {
        rows.push(property(
            &format!("and {} more", files.len() - MOST),
            None,
            None,
        ));
    }
    rows
}

fn property(path: &str, before: Option<String>, after: Option<String>) -> PropertyRow {
    PropertyRow {
        path: path.to_owned(),
        before,
        after,
    }
}

/// Files that a removal deletes, beside the resources of the stack.
pub(crate) fn of_removed(files: &RemovedFiles) -> StackResource {
    StackResource {
        logical_id: format!("{} files", files.keys.len()),
        physical_id: Some(format!("{}/{}", files.bucket, files.prefix)),
        resource_type: FILES.to_owned(),
        type_words: words::of_type(FILES),
        status: "custom.s3Sync".to_owned(),
    }
}
