//! The local AWS vanishes in mid-deploy: it is said, what is known stays in the journal, and the next command
//! looks up what became of it.

use std::io::{BufRead, BufReader, Read as _};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::sandbox_url;
use crate::world::{Said, World};

/// The sandbox's processes: its server first, so that nobody starts the others again.
fn processes(world: &World) -> Vec<String> {
    let text = std::fs::read(world.home().join("sandbox/run/state.json")).expect("a record");
    let record: Value = serde_json::from_slice(&text).expect("JSON");
    let parts = record["parts"].as_object().expect("parts");
    std::iter::once(&record["server"])
        .chain(parts.values())
        .map(|one| one["pid"].as_u64().expect("a process").to_string())
        .collect()
}

/// A deploy whose cloud is killed as soon as it tells of a step, for the given time.
fn deploy_without_ground(world: &World, step: &str, time: usize) -> Said {
    sandbox_url(world);
    let pids = processes(world);
    let mut child = world
        .command(&["deploy", "--sandbox", "--yes"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut told = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut seen = 0;
    while seen < time {
        let mut line = String::new();
        let read = told.read_line(&mut line).expect("a line");
        assert!(read > 0, "it ended before `{step}`");
        seen += usize::from(line.trim_end() == step);
    }
    let killed = Command::new("kill").arg("-9").args(&pids).status();
    assert!(killed.expect("kill starts").success());
    let mut errors = String::new();
    told.read_to_string(&mut errors).expect("text");
    Said {
        code: child.wait().expect("it ends").code(),
        out: String::new(),
        errors,
    }
}

#[test]
fn a_deploy_whose_cloud_is_killed_says_so_and_the_next_one_starts_afresh() {
    let world = World::with_shop();
    for (step, time, finding) in [
        ("Creating the stack and its bucket", 1, None),
        (
            "Changing the stack",
            2,
            Some("the stack does not exist any more"),
        ),
    ] {
        let cut = deploy_without_ground(&world, step, time);
        assert_eq!(cut.code, Some(1), "{}", cut.errors);
        for words in [
            "error[CLOUD_SILENT]",
            "pilothouse sandbox status",
            "repeat the command",
        ] {
            assert!(cut.errors.contains(words), "{words}:\n{}", cut.errors);
        }
        // Nobody knows yet what became of it, and the journal does not pretend to.
        assert_eq!(world.activity()[0]["outcome"], "running or cut off");

        let again = world.deploy(&[]).well();
        assert!(
            again.errors.contains("Starting the sandbox"),
            "{}",
            again.errors
        );
        assert_eq!(world.hello(), "one");
        assert_eq!(world.planned(), []);
        let told = world.activity();
        let [new, old] = [&told[0], &told[1]];
        assert_eq!(new["outcome"], "done", "{new:#}");
        assert_eq!(old["outcome"], "settled", "{old:#}");
        let words = old["words"].as_str().expect("words");
        if let Some(finding) = finding {
            assert!(words.contains(finding), "{words}");
        }
        assert!(again.errors.contains(words), "{words}\n{}", again.errors);
        world.run(&["remove", "--sandbox", "--yes"]).well();
    }
}
