use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("project/config")).expect("a project");
        fs::write(folder.path().join("secret"), "outside").expect("a file");
        fs::write(folder.path().join("project/serverless.yml"), "service: a\n").expect("a file");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("project").join(name)
    }

    fn replace(&self, name: &str, before: &str, after: &str) -> Result<Replaced, ProjectProblem> {
        let edits = DiskEdits::open(&self.path("")).expect("a project");
        let path = ProjectPath::parse(name).expect("a path");
        edits.replace(&path, Digest::of(before.as_bytes()), after.as_bytes())
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(""))
            .expect("a listing")
            .map(|entry| {
                entry
                    .expect("a name")
                    .file_name()
                    .into_string()
                    .expect("text")
            })
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_file_gets_its_new_content_and_keeps_its_mode() {
    let place = Place::new();
    let path = place.path("serverless.yml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let done = place.replace("serverless.yml", "service: a\n", "service: b\n");
    assert_eq!(done.expect("it is written"), Replaced::Done);
    assert_eq!(place.text("serverless.yml"), "service: b\n");
    let mode = fs::metadata(&path).expect("a file").mode() & 0o777;
    assert_eq!(mode, 0o640);
    assert_eq!(place.names(), ["config", "serverless.yml"]);
}

#[test]
fn a_file_that_changed_since_is_not_touched() {
    let place = Place::new();
    let done = place.replace("serverless.yml", "service: old\n", "service: b\n");
    assert_eq!(done.expect("an answer"), Replaced::ChangedSince);
    assert_eq!(place.text("serverless.yml"), "service: a\n");
    assert_eq!(place.names(), ["config", "serverless.yml"]);
}

#[test]
fn a_link_inside_the_project_stays_a_link() {
    let place = Place::new();
    fs::write(place.path("config/real.yml"), "a: 1\n").expect("a file");
    symlink("config/real.yml", place.path("link.yml")).expect("a link");
    let done = place.replace("link.yml", "a: 1\n", "a: 2\n");
    assert_eq!(done.expect("it is written"), Replaced::Done);
    assert_eq!(place.text("config/real.yml"), "a: 2\n");
    let kind = fs::symlink_metadata(place.path("link.yml")).expect("a name");
    assert!(kind.is_symlink());
}

#[test]
fn nothing_outside_of_the_project_is_written() {
    let place = Place::new();
    symlink("../secret", place.path("away.yml")).expect("a link");
    symlink("..", place.path("up")).expect("a link");
    for name in ["away.yml", "up/secret"] {
        let refused = place.replace(name, "outside", "changed");
        assert!(matches!(refused, Err(ProjectProblem::Outside(_))), "{name}");
    }
    let secret = fs::read_to_string(place.folder.path().join("secret")).expect("a file");
    assert_eq!(secret, "outside");
}

#[test]
fn what_is_missing_or_no_file_is_refused() {
    let place = Place::new();
    let missing = place.replace("none.yml", "", "a: 1\n");
    assert!(matches!(missing, Err(ProjectProblem::Missing(_))));
    assert!(place.replace("config", "", "a: 1\n").is_err());
    assert_eq!(place.names(), ["config", "serverless.yml"]);
}

#[test]
fn a_file_that_may_not_be_written_stays_as_it_is() {
    let place = Place::new();
    let path = place.path("serverless.yml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).expect("a mode");
    // The system's administrator may write everything.
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        return;
    }
    let refused = place.replace("serverless.yml", "service: a\n", "service: b\n");
    assert!(matches!(refused, Err(ProjectProblem::Unwritable { .. })));
    assert_eq!(place.text("serverless.yml"), "service: a\n");
}
