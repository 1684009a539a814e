//! Code of a project, as the window asks about it: shown, allowed once or for good, taken back, and asked about anew when
//! it changed. The code runs in the computer's Node.

use pilothouse_desk::wire::{Place, Problem, Program};

use crate::World;

const CODE: &str = "module.exports = { service: 'hello', provider: { name: 'aws', runtime: 'python3.13' }, functions: { hello: { handler: 'handler.hello' } } };\n";

/// The example with its configuration as code.
fn of_code(world: &World) -> Place {
    let place = world.hello();
    let folder = world.place.path().join("pilothouse-examples/hello-world");
    std::fs::remove_file(folder.join("serverless.yml")).expect("its configuration");
    world.write("serverless.js", CODE);
    place
}

fn asked(problem: Problem) -> Program {
    assert_eq!(problem.code, "CONSENT_NEEDED", "{problem:?}");
    let programs = *problem.consent.expect("what would run");
    programs.into_iter().next().expect("a program")
}

fn refused(world: &World, place: &Place) -> Program {
    asked(world.desk.project(place).expect_err("nobody allowed it"))
}

#[tokio::test]
async fn code_runs_when_its_content_is_allowed_and_not_when_it_changed() {
    let mut world = World::new();
    let place = of_code(&world);
    let program = refused(&world, &place);
    assert_eq!(program.files, ["serverless.js"]);
    let texts = world.desk.code_texts(&place, &program.hash).expect("texts");
    assert_eq!(
        texts.first().and_then(|one| one.text.as_deref()),
        Some(CODE)
    );

    // What the page names must be what would run.
    let other = "0".repeat(64);
    let wrong = world.desk.allow_code(&place, &other, true);
    assert_eq!(wrong.expect_err("another content").code, "CONSENT_NEEDED");
    assert_eq!(world.desk.allowed_code().expect("a list"), []);

    world
        .desk
        .allow_code(&place, &program.hash, false)
        .expect("once");
    let shown = world.desk.project(&place).expect("it runs");
    assert_eq!(shown.service, "hello");
    assert_eq!(world.desk.allowed_code().expect("a list"), []);

    world.write("serverless.js", &CODE.replace("'hello'", "'other'"));
    let changed = refused(&world, &place);
    assert_ne!(changed.hash, program.hash);
    let late = world.desk.allow_code(&place, &program.hash, true);
    assert_eq!(
        late.expect_err("it is not what would run").code,
        "CONSENT_NEEDED"
    );

    // Once ends with the window.
    world.write("serverless.js", CODE);
    world.again();
    assert_eq!(refused(&world, &place).hash, program.hash);
}

#[tokio::test]
async fn what_is_allowed_for_good_is_listed_and_taken_back() {
    let mut world = World::new();
    let place = of_code(&world);
    let program = refused(&world, &place);
    world
        .desk
        .allow_code(&place, &program.hash, true)
        .expect("for good");
    world.again();
    assert_eq!(
        world.desk.project(&place).expect("it runs").service,
        "hello"
    );
    let all = world.desk.allowed_code().expect("a list");
    let [one] = all.as_slice() else {
        panic!("one is allowed: {all:?}");
    };
    assert_eq!(
        (one.name.as_str(), &one.hash),
        ("serverless.js", &program.hash)
    );
    assert!(one.project.ends_with("hello-world"), "{}", one.project);

    world.desk.forget_code(&one.id).expect("taken back");
    assert_eq!(world.desk.allowed_code().expect("a list"), []);
    assert_eq!(refused(&world, &place).hash, program.hash);
    world.desk.forget_code(&one.id).expect("gone already");
}
