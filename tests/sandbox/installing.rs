//! Installing, and what can be in its way.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use crate::place::{Place, is_running};

/// A folder for the `PATH` with nothing in it but a `python3` that is this script.
fn path_with_python(place: &Place, script: &str) -> String {
    let folder = place.folder().join("bin");
    std::fs::create_dir_all(&folder).expect("a folder");
    let python = folder.join("python3");
    std::fs::write(&python, format!("#!/bin/sh\n{script}\n")).expect("a script");
    std::fs::set_permissions(&python, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    folder.to_str().expect("text").to_owned()
}

/// What a start tells with that `python3` alone on the `PATH`.
fn fails_with_python(script: &str) -> String {
    let place = Place::alone();
    let path = path_with_python(&place, script);
    let place = place.with("PATH", path);
    let told = place.fails(&["sandbox", "up"]);
    let left: Vec<_> = std::fs::read_dir(place.data("sandbox/install"))
        .map(|entries| entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()))
        .map(Iterator::collect)
        .unwrap_or_default();
    assert_eq!(left, ["install.lock"], "nothing half-made is left behind");
    assert_eq!(place.status()["untilDown"], false);
    told
}

#[test]
fn an_installation_that_is_killed_is_healed_by_the_next_start() {
    let place = Place::alone();
    let mut command = place.command(&["sandbox", "up"]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut cut_off = command.spawn().expect("the command starts");
    let mut lines = BufReader::new(cut_off.stderr.take().expect("a pipe")).lines();
    let fetching = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("fetching")));
    assert!(fetching.is_some(), "it ended before it fetched anything");
    cut_off.kill().expect("it can be killed");
    cut_off.wait().expect("it ends");
    assert_eq!(place.status()["installed"], false);

    let told = place.succeeds(&["sandbox", "up"]);
    assert!(told.contains("cut off"), "{told}");
    assert!(is_running(&place.status()));
    let names: Vec<String> = std::fs::read_dir(place.data("sandbox/install"))
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("staging"))
        .collect();
    assert!(names.is_empty(), "{names:?}");

    place.succeeds(&["sandbox", "down"]);
    let told = place.succeeds(&["sandbox", "up"]);
    assert!(
        !told.contains("nstall"),
        "the second start installs nothing:\n{told}"
    );

    // The interpreter it stands on is replaced by one that does not work.
    place.succeeds(&["sandbox", "down"]);
    let set = std::fs::read_dir(place.data("sandbox/install"))
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.is_dir())
        .expect("an installation");
    std::fs::remove_file(set.join("venv/bin/python")).expect("it can be removed");
    let told = place.succeeds(&["sandbox", "up"]);
    assert!(told.contains("Installed"), "{told}");
}

#[test]
fn without_python_it_says_which_one_it_needs() {
    let place = Place::alone();
    let empty = place.folder().join("empty");
    std::fs::create_dir_all(&empty).expect("a folder");
    let place = place.with("PATH", empty.to_str().expect("text"));
    let told = place.fails(&["sandbox", "up"]);
    assert!(told.contains("error[SANDBOX_PYTHON]"), "{told}");
    assert!(
        told.contains("Python 3.10 or newer, and there is none"),
        "{told}"
    );
    assert!(told.contains("help: Install a newer Python"), "{told}");
}

#[test]
fn an_old_python_is_named_with_its_version() {
    let told = fails_with_python("echo pilothouse 3 8 1 /usr/bin/python3.8");
    assert!(told.contains("error[SANDBOX_PYTHON]"), "{told}");
    assert!(
        told.contains("Python 3.10 or newer, and this is 3.8"),
        "{told}"
    );
}

#[test]
fn a_python_without_venv_is_told_with_the_package_that_brings_it() {
    let told = fails_with_python("echo pilothouse 3 12 0 /usr/bin/python3.12");
    assert!(told.contains("error[SANDBOX_PYTHON]"), "{told}");
    assert!(told.contains("sudo apt install python3.12-venv"), "{told}");
}

/// A Python that is fine until it shall make something.
fn python_that_fails(with: &str) -> String {
    format!(
        "if [ \"$1\" = -c ]; then echo pilothouse 3 12 1 \"$0\"; else echo \"{with}\" >&2; exit 1; fi"
    )
}

#[test]
fn a_full_disk_is_told_as_such() {
    let told = fails_with_python(&python_that_fails(
        "OSError: [Errno 28] No space left on device: '/x/venv'",
    ));
    assert!(told.contains("error[SANDBOX_DISK_FULL]"), "{told}");
    assert!(told.contains("help: Make 300 MB of room"), "{told}");
}

#[test]
fn any_other_failure_is_told_in_its_own_words() {
    let told = fails_with_python(&python_that_fails("the moon is in the wrong house"));
    assert!(told.contains("error[SANDBOX_INSTALL]"), "{told}");
    assert!(
        told.contains("because: the moon is in the wrong house"),
        "{told}"
    );
}

#[test]
fn without_a_network_it_says_so_and_leaves_nothing_half_made() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    let place = Place::alone()
        .with("PIP_INDEX_URL", format!("http://127.0.0.1:{port}/simple"))
        .with("PIP_RETRIES", "0");
    let told = place.fails(&["sandbox", "up"]);
    assert!(told.contains("error[SANDBOX_NETWORK]"), "{told}");
    assert!(told.contains("help: Check the network"), "{told}");
    assert_eq!(place.status()["installed"], false);
}

#[test]
fn the_types_that_are_told_as_simulated_are_those_of_the_installed_version() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let aws = place.processes().aws.expect("the local AWS");
    let command = std::fs::read(format!("/proc/{aws}/cmdline")).expect("a command line");
    let python = command.split(|byte| *byte == 0).next().unwrap_or_default();
    let program = "from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS as known\n\
                   print('\\n'.join(sorted(known)))";
    let output = std::process::Command::new(String::from_utf8_lossy(python).as_ref())
        .args(["-c", program])
        .output()
        .expect("the sandbox's Python starts");
    let list = pilothouse_tests::repository().join("src-tauri/crates/sandbox/src/types.txt");
    let listed = std::fs::read_to_string(list).expect("the list");
    assert_eq!(String::from_utf8_lossy(&output.stdout), listed);
}
