use std::error::Error;

use super::*;

type Outcome = Result<(), Box<dyn Error>>;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_appears_under_its_name_only_when_it_is_kept() -> Outcome {
    let place = tempfile::tempdir()?;
    let store = DiskStore::open(&place.path().join("a/b"))?;
    let mut pending = store.create("x.zip")?;
    pending.write_all(b"new")?;
    assert!(!place.path().join("a/b/x.zip").exists());
    pending.keep()?;
    assert_eq!(fs::read(place.path().join("a/b/x.zip"))?, b"new");
    assert_eq!(names(&place.path().join("a/b")), ["x.zip"]);
    Ok(())
}

#[test]
fn a_file_that_is_dropped_leaves_the_old_one_and_nothing_else() -> Outcome {
    let place = tempfile::tempdir()?;
    fs::write(place.path().join("x.zip"), "old")?;
    let store = DiskStore::open(place.path())?;
    let mut pending = store.create("x.zip")?;
    pending.write_all(b"half")?;
    drop(pending);
    assert_eq!(fs::read(place.path().join("x.zip"))?, b"old");
    assert_eq!(names(place.path()), ["x.zip"]);
    Ok(())
}

#[test]
fn a_name_that_is_a_way_to_another_folder_is_refused() -> Outcome {
    let place = tempfile::tempdir()?;
    let store = DiskStore::open(&place.path().join("out"))?;
    for name in ["../x", "a/b", "a\\b", "", ".", "..", "C:x", "a\0b"] {
        let refused = store
            .create(name)
            .err()
            .map(|problem| problem.source.kind());
        assert_eq!(refused, Some(io::ErrorKind::InvalidFilename), "{name:?}");
    }
    assert_eq!(names(place.path()), ["out"]);
    Ok(())
}

#[test]
fn a_folder_with_the_files_name_is_reported_with_that_name() -> Outcome {
    let place = tempfile::tempdir()?;
    fs::create_dir(place.path().join("x.zip"))?;
    let store = DiskStore::open(place.path())?;
    let problem = store.create("x.zip")?.keep().err();
    assert_eq!(problem.map(|p| p.name).as_deref(), Some("x.zip"));
    assert_eq!(names(place.path()), ["x.zip"]);
    Ok(())
}
