//! Reading and saving the texts of a project, as the editor does.

use std::fs;

use pilothouse_desk::wire::{Place, Saved, ShownValue, TextFile};

use super::World;

const CONFIG: &str = "service: notes\nprovider:\n  name: aws\n  runtime: nodejs20.x\ncustom: ${file(config/values.yml)}\n";

fn open(world: &World) -> Place {
    let place = world.hello();
    world.write("serverless.yml", CONFIG);
    let folder = world
        .place
        .path()
        .join("pilothouse-examples/hello-world/config");
    fs::create_dir_all(folder).expect("a folder");
    world.write("config/values.yml", "a: 1\r\nb: 2\r\n");
    world.write(".env", "TOKEN=x\n");
    place
}

fn text(world: &World, name: &str) -> String {
    let folder = world.place.path().join("pilothouse-examples/hello-world");
    fs::read_to_string(folder.join(name)).expect("a file")
}

fn read(world: &World, place: &Place, file: Option<&str>) -> TextFile {
    world.desk.read_text(place, file).expect("a text")
}

#[test]
fn the_configuration_and_what_it_reads_can_be_edited() {
    let world = World::new();
    let place = open(&world);
    let config = read(&world, &place, None);
    assert_eq!(
        (config.file.as_str(), config.text.as_str()),
        ("serverless.yml", CONFIG)
    );
    assert_eq!(config.others, ["config/values.yml"]);

    let values = read(&world, &place, Some("config/values.yml"));
    assert_eq!(values.text, "a: 1\nb: 2\n");
    let saved = world
        .desk
        .save_text(&place, &values.file, &values.digest, "a: 1\nnew: 3\nb: 2\n")
        .expect("it is saved");
    let Saved::Done { digest } = saved else {
        panic!("{saved:?}");
    };
    assert_eq!(
        text(&world, "config/values.yml"),
        "a: 1\r\nnew: 3\r\nb: 2\r\n"
    );
    assert_eq!(
        read(&world, &place, Some("config/values.yml")).digest,
        digest
    );
}

#[test]
fn a_text_is_not_saved_over_what_somebody_else_wrote() {
    let world = World::new();
    let place = open(&world);
    let config = read(&world, &place, None);
    let theirs = format!("{CONFIG}functions: {{}}\n");
    world.write("serverless.yml", &theirs);
    let saved = world
        .desk
        .save_text(&place, &config.file, &config.digest, "service: mine\n")
        .expect("an answer");
    let Saved::Conflict { theirs: told } = saved else {
        panic!("{saved:?}");
    };
    assert_eq!(told.text, theirs);
    assert_eq!(text(&world, "serverless.yml"), theirs);
    let over = world
        .desk
        .save_text(&place, &told.file, &told.digest, "service: mine\n");
    assert!(matches!(over, Ok(Saved::Done { .. })));
    assert_eq!(text(&world, "serverless.yml"), "service: mine\n");
}

#[test]
fn nothing_but_the_configuration_is_opened() {
    let world = World::new();
    let place = open(&world);
    for name in [
        ".env",
        "src/hello.js",
        "/etc/passwd",
        "../x.yml",
        "package.json",
        "",
    ] {
        let refused = world.desk.read_text(&place, Some(name)).expect_err(name);
        assert_eq!(refused.code, "PATH_OUTSIDE", "{name}");
        let refused = world
            .desk
            .save_text(&place, name, "", "a: 1\n")
            .expect_err(name);
        assert_eq!(refused.code, "PATH_OUTSIDE", "{name}");
    }
}

#[test]
fn a_configuration_that_is_broken_leads_to_its_parts() {
    let world = World::new();
    let place = open(&world);
    world.write(
        "serverless.yml",
        "service: [\ncustom: ${file(./config/values.yml):a}\n",
    );
    assert_eq!(read(&world, &place, None).others, ["config/values.yml"]);
}

/// A text with a cursor, and its place as the page counts.
fn cursor(marked: &str) -> (String, u32) {
    let at = marked.find('|').expect("a cursor");
    let units = marked.get(..at).expect("a part").encode_utf16().count();
    (
        marked.replacen('|', "", 1),
        u32::try_from(units).expect("a small number"),
    )
}

#[test]
fn a_text_is_checked_before_it_is_saved() {
    let world = World::new();
    let place = open(&world);
    let text = format!(
        "# é🎈\n{CONFIG}functions:\n  a:\n    handler: src/a.b\n    timout: 3\n    layers: [${{self:custom.a}}\n"
    );
    let checked = |text: &str, number| {
        world
            .desk
            .check_text(&place, "serverless.yml", text, number)
            .expect("an answer")
    };
    let broken = checked(&text, 1).expect("the newest");
    let first = broken.findings.first().expect("a finding");
    assert_eq!(first.finding.code, "CONFIG_SYNTAX");

    let text = text.replace("    layers: [${self:custom.a}\n", "");
    let found = checked(&text, 2).expect("the newest").findings;
    let wrong = found
        .iter()
        .find(|one| one.finding.code == "CONFIG_UNKNOWN_KEY");
    let wrong = wrong.expect("a finding");
    let units: Vec<u16> = text.encode_utf16().collect();
    let marked = wrong.range.expect("a place");
    let from = usize::try_from(marked.from).expect("a number");
    let to = usize::try_from(marked.to).expect("a number");
    assert_eq!(String::from_utf16_lossy(&units[from..to]), "timout");
    let fix = wrong.fix.as_ref().expect("a fix");
    assert_eq!(
        (fix.title.as_str(), fix.text.as_str()),
        ("Write timeout", "timeout")
    );
    assert_eq!(fix.range, marked);
    let right = text.replace("timout", "timeout");
    assert!(checked(&right, 3).expect("the newest").findings.is_empty());
    assert!(checked(&text, 2).is_none(), "a newer check was asked for");
    assert_eq!(
        read(&world, &place, None).text,
        CONFIG,
        "nothing was written"
    );
}

#[test]
fn what_is_wrong_in_another_file_is_told_with_its_name() {
    let world = World::new();
    let place = open(&world);
    let text = format!("{CONFIG}functions: ${{file(config/functions.yml)}}\n");
    world.write(
        "config/functions.yml",
        "a:\n  handler: x.y\n  memorySise: 512\n",
    );
    let found = world.desk.check_text(&place, "serverless.yml", &text, 1);
    let found = found.expect("an answer").expect("the newest").findings;
    let wrong = found.first().expect("a finding");
    let at = wrong.finding.place.as_ref().expect("a place");
    assert_eq!((at.file.as_str(), at.line), ("config/functions.yml", 3));
    assert_eq!((wrong.range, wrong.fix.as_ref()), (None, None));

    world.write("serverless.yml", &text);
    let inner = "a:\n  handler: x.y\n  memorySise: 256\n";
    let found = world
        .desk
        .check_text(&place, "config/functions.yml", inner, 2);
    let found = found.expect("an answer").expect("the newest").findings;
    assert!(found.first().expect("a finding").fix.is_some());
    let (inner, at) = cursor("a:\n  handler: x.y\n  mem|\n");
    let suggested = world
        .desk
        .complete_text(&place, "config/functions.yml", &inner, at);
    let suggested = suggested.expect("an answer").all;
    assert!(suggested.iter().any(|one| one.label == "memorySize"));
}

#[test]
fn the_value_of_a_variable_is_shown_and_a_secret_is_not() {
    let world = World::new();
    let place = open(&world);
    let meaning = |marked: &str| {
        let (text, at) = cursor(marked);
        let found = world
            .desk
            .meaning_of_text(&place, "serverless.yml", &text, at);
        found.expect("an answer")
    };
    let value = |rest: &str| meaning(&format!("{CONFIG}{rest}")).and_then(|found| found.value);
    let is = |text: &str| {
        Some(ShownValue::Value {
            text: text.to_owned(),
        })
    };
    assert_eq!(
        value("package:\n  artifact: ${self:ser|vice}-x.zip\n"),
        is("notes-x.zip")
    );
    assert_eq!(
        value("params:\n  dev:\n    x: ${self:custom.a|}\n"),
        is("1")
    );
    for secret in [
        "params:\n  dev:\n    x: ${ssm:/a/b|}\n",
        "params:\n  dev:\n    x: ${env:DB_PASSWORD|, 'x'}\n",
        "params:\n  dev:\n    x: a-${self:params.dev.y|}\n    y: ${ssm:/plain}\n",
        "params:\n  dev:\n    token: ${self:service|}\n",
        "useDotenv: true\nparams:\n  dev:\n    x: ${env:TOKEN|}\n",
        "useDotenv: true\nparams:\n  dev:\n    x: a-${self:params.dev.y|}\n    y: ${env:TOKEN}\n",
    ] {
        assert_eq!(value(secret), Some(ShownValue::Hidden), "{secret}");
    }
    let key = meaning("service: a\nprovider:\n  name: aws\n  time|out: 3\n").expect("a key");
    assert_eq!(key.path, "provider.timeout");
    assert_eq!(key.key.expect("documented").default.as_deref(), Some("6"));
}

#[test]
fn what_aws_is_not_asked_for_hinders_nothing_else() {
    let world = World::new();
    let place = open(&world);
    let text = format!(
        "{CONFIG}functions:\n  a:\n    handler: x.y\n    timout: 3\n    description: ${{ssm:/a/${{cf:stack.output}}}}\n"
    );
    let found = world.desk.check_text(&place, "serverless.yml", &text, 1);
    let found = found.expect("an answer").expect("the newest").findings;
    let codes: Vec<(&str, bool)> = found
        .iter()
        .map(|one| (one.finding.code.as_str(), one.finding.is_error))
        .collect();
    assert_eq!(
        codes,
        [("CONFIG_UNKNOWN_KEY", false), ("CLOUD_NOT_ASKED", false)]
    );
}
