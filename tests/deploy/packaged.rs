//! What was packaged before is deployed as it is, whatever became of the project since.

use crate::world::{SHOP, World, handler};

#[test]
fn a_packaged_folder_is_deployed_as_it_is_and_a_saved_plan_of_it_too() {
    let world = World::with_shop();
    world.run(&["package", "--out", "out"]).well();
    world.write("handler.py", &handler("later"));
    world.deploy(&["--package", "out"]).well();
    assert_eq!(world.hello(), "one");
    let said = world.run(&["activity", "--json"]).well().out;
    assert!(said.contains("--package"), "{said}");
    world.deploy(&[]).well();
    assert_eq!(world.hello(), "later");

    let plan = [
        "plan",
        "--sandbox",
        "--package",
        "out",
        "--out",
        "saved.json",
    ];
    world.run(&plan).well();
    world.run(&["apply", "saved.json", "--yes"]).well();
    assert_eq!(world.hello(), "one");

    // The file says it: what lies there is deployed, until it is packaged again.
    let said = SHOP.replace("functions:", "package: {path: kept}\nfunctions:");
    world.write("serverless.yml", &said);
    world.deploy(&["--json"]).failed_with("PACKAGE_MISSING");
    world.run(&["package"]).well();
    world.write("handler.py", &handler("even later"));
    world.deploy(&[]).well();
    assert_eq!(world.hello(), "later");
}

#[test]
fn a_folder_of_another_stage_or_with_something_missing_is_refused() {
    let world = World::with_shop();
    let refused = |words: &[&str], code: &str| {
        let more = [&["--json", "--package", "out"], words].concat();
        world.deploy(&more).failed_with(code);
    };
    refused(&[], "PACKAGE_MISSING");
    world.run(&["package", "--out", "out"]).well();
    refused(&["--stage", "prod"], "CONFIG_CONFLICT");
    let archive = std::fs::read_dir(world.project().join("out"))
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "zip"));
    std::fs::remove_file(archive.expect("an archive")).expect("it goes");
    refused(&[], "PACKAGE_MISSING");
}
