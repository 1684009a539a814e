//! Every template of a new service is written, deployed as it is, and called.

use serde_json::{Value, json};

use crate::sandbox_url;
use crate::world::World;

/// Writes a service into a folder beside the others, and deploys it.
fn begun(first: &World, template: &'static str) -> World {
    let world = first.beside(template);
    let said = world.run(&["new", template, &format!("my-{template}"), "--dir", "."]);
    assert!(said.well().out.contains("is in"), "{template}");
    world.run(&["check", "--sandbox"]).well();
    world.deploy(&[]).well();
    world
}

fn answer(world: &World, function: &str) -> Value {
    let said = world.run(&["invoke", function, "--sandbox", "--json"]);
    said.well().json()["answer"].clone()
}

#[test]
fn templates_of_functions_deploy_unchanged_and_answer() {
    let first = World::new();
    for template in ["aws-python", "aws-node"] {
        let world = begun(&first, template);
        let (status, body) = world.get(&format!("{}?name=Ana", world.url()));
        assert_eq!(status, 200, "{template}: {body}");
        assert!(body.contains("Hello, Ana!"), "{template}: {body}");
    }
    let job = begun(&first, "scheduled-job");
    assert_eq!(answer(&job, "job"), json!({ "done": true }));
}

#[test]
fn the_template_with_a_secret_reads_it_when_it_runs() {
    let first = World::new();
    let aws = sandbox_url(&first);
    let secret =
        json!({"Name": "/my-python-kms/dev/secret", "Value": "opensesame", "Type": "SecureString"});
    first.boto(&aws, "ssm", "put_parameter", &secret);
    let world = begun(&first, "python-kms");
    assert_eq!(answer(&world, "useSecret"), json!({ "letters": 10 }));
}

#[test]
fn the_template_with_a_queue_takes_jobs() {
    let first = World::new();
    let world = begun(&first, "queue-worker");
    let (status, body) = world.post(&world.url(), None);
    assert_eq!(status, 202, "{body}");
    let taken: Value = serde_json::from_str(&body).expect("JSON");
    assert!(
        taken["id"].as_str().is_some_and(|id| !id.is_empty()),
        "{body}"
    );
}

#[test]
fn a_new_service_writes_over_nothing() {
    let world = World::new();
    world.write("notes.txt", "mine");
    let said = world.run(&["new", "aws-python", "my-service", "--dir", ".", "--json"]);
    said.failed_with("FOLDER_TAKEN");
    assert!(!world.project().join("serverless.yml").exists());
    let bad = world.run(&["new", "aws-python", "my_service", "--dir", "x", "--json"]);
    bad.failed_with("USAGE");
    assert!(!world.project().join("x").exists());
}

/// The wheels of the frameworks, fetched once; deploys look nowhere else.
fn wheels() -> std::path::PathBuf {
    pilothouse_tests::wheels_of(&["django==5.2.8", "flask==3.1.2"], "wheels", "3.11")
}

#[test]
fn the_templates_of_web_frameworks_answer_with_their_packages() {
    let wheels = wheels();
    let first = World::new();
    for template in ["flask", "django"] {
        let world = first.beside(template);
        let name = format!("my-{template}");
        let words = [
            "new",
            template,
            &name,
            "--dir",
            ".",
            "--runtime",
            "python3.11",
        ];
        world.run(&words).well();
        let mut command = world.command(&["deploy", "--sandbox", "--yes"]);
        command
            .env("PIP_NO_INDEX", "1")
            .env("PIP_FIND_LINKS", &wheels);
        crate::said(command.output().expect("the command starts")).well();
        let url = world.url();
        let root = url.trim_end_matches(['*', '/']);
        let (status, body) = world.get(&format!("{root}/hello/Ana"));
        assert_eq!(status, 200, "{template}: {root}: {body}");
        assert!(body.contains("Hello, Ana!"), "{template}: {body}");
    }
}
