//! Reading and saving the texts of a project, as the editor does.

use std::fs;

use pilothouse_desk::wire::{Place, Saved, TextFile};

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
