//! The main job on the real local AWS: hello-world is deployed, answers over HTTP, and is removed.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

fn run(home: &Path, words: &[&str]) -> Output {
    let mut command = pilothouse_tests::pilothouse(home);
    command.args(words).current_dir(home.join("hello-world"));
    if let Some(folder) = std::env::var_os("PILOTHOUSE_SANDBOX_INSTALL") {
        command.env("PILOTHOUSE_SANDBOX_INSTALL", folder);
    }
    command.output().expect("the command starts")
}

fn done(home: &Path, words: &[&str]) -> String {
    let output = run(home, words);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Takes the sandbox down however the test ends.
struct Up<'a>(&'a Path);

impl Drop for Up<'_> {
    fn drop(&mut self) {
        run(self.0, &["sandbox", "down"]);
    }
}

fn get(url: &str) -> Value {
    let ask =
        "import sys,urllib.request as u; print(u.urlopen(sys.argv[1],timeout=30).read().decode())";
    let output = std::process::Command::new("python3")
        .args(["-c", ask, url])
        .output()
        .expect("python3 starts");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!(
            "{url} does not answer JSON: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

#[test]
fn hello_world_is_deployed_answers_and_is_removed() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let home = place.path();
    let example = pilothouse_tests::repository().join("examples/hello-world");
    pilothouse_tests::copy_folder(&example, &home.join("hello-world")).expect("a copy");
    let _up = Up(home);

    done(home, &["deploy", "--sandbox", "--yes"]);
    let info: Value =
        serde_json::from_str(&done(home, &["info", "--sandbox", "--json"])).expect("JSON");
    let url = info["endpoints"][0]["url"].as_str().expect("an endpoint");
    let answer = get(url);
    assert_eq!(
        answer["message"],
        "Go Serverless v1.0! Your function executed successfully!"
    );
    assert_eq!(answer["input"]["httpMethod"], "GET", "{answer}");

    let again = done(home, &["deploy", "--sandbox", "--yes"]);
    assert!(again.contains("No changes"), "{again}");

    done(home, &["remove", "--sandbox", "--yes"]);
    let gone = run(home, &["info", "--sandbox", "--json"]);
    assert_eq!(
        gone.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&gone.stdout)
    );
}
