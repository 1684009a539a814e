use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::*;

type Outcome = Result<(), Box<dyn Error>>;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("project")).expect("a project");
        fs::write(folder.path().join("secret"), "outside").expect("a file");
        Self { folder }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join("project").join(name)
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn link(&self, name: &str, to: &str) {
        symlink(to, self.path(name)).expect("a link");
    }

    fn open(&self) -> DiskProject {
        DiskProject::open(&self.path("")).expect("a project")
    }

    fn listing(&self) -> Vec<String> {
        let entries = self.open().walk(&|_| false).expect("a listing");
        entries.iter().map(line).collect()
    }
}

fn line(entry: &TreeEntry) -> String {
    let kind = match entry.kind {
        EntryKind::File { size, executable } => {
            format!("{size}{}", if executable { " x" } else { "" })
        }
        other => format!("{other:?}"),
    };
    match &entry.target {
        Some(target) => format!("{}: {kind} -> {target}", entry.path),
        None => format!("{}: {kind}", entry.path),
    }
}

fn path(text: &str) -> ProjectPath {
    ProjectPath::parse(text).expect("a path")
}

#[test]
fn a_walk_lists_files_by_the_bytes_of_their_paths() {
    let place = Place::new();
    for name in [
        "b/c",
        "b.c",
        "b-c",
        "a/é/x y",
        "-dash",
        "new\nline",
        "back\\slash",
    ] {
        place.file(name, "12");
    }
    fs::set_permissions(place.path("b.c"), fs::Permissions::from_mode(0o755)).expect("mode");
    assert_eq!(
        place.listing(),
        [
            "-dash: 2",
            "a/é/x y: 2",
            "b-c: 2",
            "b.c: 2 x",
            "b/c: 2",
            "back\\slash: 2",
            "new\nline: 2"
        ]
    );
}

#[test]
fn links_inside_are_followed_and_say_where_they_lead() {
    let place = Place::new();
    place.file("real/deep/f", "123");
    place.link("to-file", "real/deep/f");
    place.link("to-folder", "real");
    place.link("real/up", "../real/deep/f");
    assert_eq!(
        place.listing(),
        [
            "real/deep/f: 3",
            "real/up: 3 -> real/deep/f",
            "to-file: 3 -> real/deep/f",
            "to-folder/deep/f: 3 -> real/deep/f",
            "to-folder/up: 3 -> real/deep/f",
        ]
    );
}

#[test]
fn links_that_lead_away_nowhere_or_in_circles_are_named_and_not_followed() {
    let place = Place::new();
    place.file("a/f", "1");
    place.link("absolute", "/etc/passwd");
    place.link("outside", "../secret");
    place.link("outside-folder", "..");
    place.link("dangling", "nothing");
    place.link("itself", "itself");
    place.link("a/circle", "../a");
    place.link("a/root", "..");
    assert_eq!(
        place.listing(),
        [
            "a/circle: LinkAway",
            "a/f: 1",
            "a/root: LinkAway",
            "absolute: LinkAway",
            "dangling: LinkAway",
            "itself: LinkAway",
            "outside: LinkAway",
            "outside-folder: LinkAway",
        ]
    );
}

#[test]
fn a_path_through_a_link_that_leaves_the_project_cannot_be_read() {
    let place = Place::new();
    place.link("file", "../secret");
    place.link("folder", "..");
    place.link("absolute", "/etc");
    let project = place.open();
    for name in ["file", "folder/secret", "absolute/passwd"] {
        let answer = project.read(&path(name), 100);
        assert!(
            matches!(answer, Err(ProjectProblem::Outside(_))),
            "{name}: {answer:?}"
        );
        assert!(project.open(&path(name)).is_err(), "{name}");
    }
}

#[test]
fn pipes_sockets_and_folders_are_no_files_and_nothing_waits_for_them() -> Outcome {
    let place = Place::new();
    assert!(
        Command::new("mkfifo")
            .arg(place.path("pipe"))
            .status()?
            .success()
    );
    let _listener = UnixListener::bind(place.path("socket"))?;
    fs::create_dir(place.path("folder"))?;
    fs::write(place.path("").join(OsStr::from_bytes(b"bad\xff")), "x")?;
    assert_eq!(
        place.listing(),
        ["bad\u{fffd}: Special", "pipe: Special", "socket: Special"]
    );
    for name in ["pipe", "socket", "folder"] {
        let answer = place.open().read(&path(name), 100);
        assert!(
            matches!(answer, Err(ProjectProblem::NotAFile(_))),
            "{name}: {answer:?}"
        );
    }
    Ok(())
}

#[test]
fn a_pruned_folder_is_named_and_not_entered() {
    let place = Place::new();
    place.file("keep/f", "1");
    place.file("skip/inner/f", "1");
    let entries = place
        .open()
        .walk(&|path| path.as_str() == "skip")
        .expect("a listing");
    let lines: Vec<String> = entries.iter().map(line).collect();
    assert_eq!(lines, ["keep/f: 1", "skip: Folder"]);
}

#[test]
fn a_file_larger_than_the_limit_is_refused_and_one_as_large_is_read() {
    let place = Place::new();
    place.file("f", "12345");
    let project = place.open();
    assert_eq!(
        project.read(&path("f"), 5).ok().as_deref(),
        Some(b"12345".as_slice())
    );
    assert!(matches!(
        project.read(&path("f"), 4),
        Err(ProjectProblem::TooLarge { limit: 4, .. })
    ));
    assert!(matches!(
        project.read(&path("g"), 4),
        Err(ProjectProblem::Missing(_))
    ));
    assert!(matches!(
        project.read(&path("f/g"), 4),
        Err(ProjectProblem::Missing(_))
    ));
}

#[test]
fn a_folder_that_is_swapped_for_a_link_while_it_is_walked_leaks_nothing() -> Outcome {
    let place = Place::new();
    let outside = place.folder.path().join("outside");
    fs::create_dir(&outside)?;
    fs::write(outside.join("stolen"), "outside")?;
    place.file("swap/inside", "inside");
    let (shown, away) = (place.path("swap"), place.folder.path().join("away"));
    let stop = AtomicBool::new(false);
    let swaps = AtomicU32::new(0);
    let project = place.open();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let _ = fs::rename(&shown, &away);
                let _ = symlink(&outside, &shown);
                let _ = fs::remove_file(&shown);
                let _ = fs::rename(&away, &shown);
                swaps.fetch_add(1, Ordering::Relaxed);
            }
        });
        // However the system shares its processors out, both have had their turns many times.
        let mut rounds = 0;
        let mut leaks = Vec::new();
        while leaks.is_empty() && (rounds < 3000 || swaps.load(Ordering::Relaxed) < 100) {
            // A walk may fail (the folder is gone for a moment); it may never see what lies outside.
            let seen = project.walk(&|_| false).unwrap_or_default();
            let stolen = seen.iter().filter(|e| e.path.as_str().ends_with("stolen"));
            leaks.extend(stolen.map(|entry| format!("seen: {}", entry.path)));
            let leaked = project.read(&path("swap/stolen"), 100);
            leaks.extend(leaked.ok().map(|content| format!("read: {content:?}")));
            rounds += 1;
        }
        stop.store(true, Ordering::Relaxed);
        assert!(leaks.is_empty(), "{leaks:?}");
    });
    // Each turn of the swapper ends with the folder in its place, where a walk does see into it.
    let seen = project.walk(&|_| false)?;
    assert!(
        seen.iter()
            .any(|entry| entry.path.as_str() == "swap/inside")
    );
    Ok(())
}
