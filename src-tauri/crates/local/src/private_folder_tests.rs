use std::os::unix::fs::PermissionsExt;

use super::*;

fn fresh() -> (tempfile::TempDir, DiskPrivateFolder) {
    let place = tempfile::tempdir().unwrap();
    let folder = DiskPrivateFolder::new(place.path().join("home"));
    (place, folder)
}

fn mode(folder: &DiskPrivateFolder, name: &str) -> u32 {
    fs::metadata(folder.root.join(name))
        .unwrap()
        .permissions()
        .mode()
        & 0o777
}

#[test]
fn what_is_written_is_read_by_its_owner_alone() {
    let (_place, folder) = fresh();
    folder.write("run/state.json", b"{}").unwrap();
    assert_eq!(mode(&folder, "run/state.json"), 0o600);
    assert_eq!(mode(&folder, "run"), 0o700);
    assert_eq!(mode(&folder, ""), 0o700);
    assert_eq!(folder.read("run/state.json", 1).unwrap().unwrap(), b"}");
}

#[test]
fn a_folder_of_others_is_not_closed_but_what_we_make_in_it_is() {
    let (_place, folder) = fresh();
    fs::create_dir_all(&folder.root).unwrap();
    fs::set_permissions(&folder.root, fs::Permissions::from_mode(0o755)).unwrap();
    folder.folder("sandbox").unwrap();
    assert_eq!(mode(&folder, ""), 0o755);
    assert_eq!(mode(&folder, "sandbox"), 0o700);
}

#[test]
fn no_name_leads_out() {
    let (_place, folder) = fresh();
    for name in ["../x", "a/../../x", "/etc/passwd", "a//b", "a/", "."] {
        assert!(folder.write(name, b"").is_err(), "{name} was written");
        assert!(folder.remove(name).is_err(), "{name} was removed");
    }
}

#[test]
fn what_is_not_there_is_absent_and_not_a_failure() {
    let (_place, folder) = fresh();
    assert_eq!(folder.read("a", 0).unwrap(), None);
    assert!(folder.names("a").unwrap().is_empty());
    folder.remove("a").unwrap();
    assert_eq!(folder.holder("a").unwrap(), None);
}

#[test]
fn a_link_to_a_folder_elsewhere_is_removed_and_not_what_it_leads_to() {
    let (place, folder) = fresh();
    let elsewhere = place.path().join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("kept"), "").unwrap();
    folder.folder("").unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.root.join("link")).unwrap();
    folder.remove("link").unwrap();
    assert!(elsewhere.join("kept").exists());
    assert!(folder.names("").unwrap().is_empty());
}

#[test]
fn a_lock_has_one_holder_whose_words_others_read() {
    let (_place, folder) = fresh();
    let held = folder.take("serve.lock", "first").unwrap().unwrap();
    assert!(folder.take("serve.lock", "second").unwrap().is_none());
    assert_eq!(
        folder.holder("serve.lock").unwrap().as_deref(),
        Some("first")
    );
    drop(held);
    assert_eq!(folder.holder("serve.lock").unwrap(), None);
    assert!(folder.take("serve.lock", "third").unwrap().is_some());
}

#[test]
fn the_data_folder_is_the_named_one_or_the_usual_one() {
    #[derive(Debug)]
    struct Fixed(&'static [(&'static str, &'static str)]);
    impl Environment for Fixed {
        fn variable(&self, name: &str) -> Option<String> {
            let found = self.0.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        }
    }
    let root = |variables| DiskPrivateFolder::of_the_app(&Fixed(variables)).root;
    assert_eq!(
        root(&[("HOME", "/h")]),
        Path::new("/h/.local/share/pilothouse")
    );
    assert_eq!(
        root(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]),
        Path::new("/d/pilothouse")
    );
    // The convention says that a relative path there must be ignored.
    assert_eq!(
        root(&[("HOME", "/h"), ("XDG_DATA_HOME", "d")]),
        Path::new("/h/.local/share/pilothouse")
    );
    assert_eq!(
        root(&[("HOME", "/h"), ("PILOTHOUSE_HOME", "/p")]),
        Path::new("/p")
    );
}
