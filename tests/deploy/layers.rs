//! A layer of the project in the local AWS: functions see it, and it is published again only when it changed.

use crate::world::World;

const SERVICE: &str = "service: layered
provider: {name: aws, runtime: python3.12}
layers:
  shared: {path: shared, description: What the functions share}
functions:
  use:
    handler: handler.use
    layers: [{Ref: SharedLambdaLayer}]
";

#[test]
fn a_function_sees_its_layer_and_an_unchanged_layer_is_not_published_again() {
    let world = World::new();
    world.write("serverless.yml", SERVICE);
    let handler =
        "import greeting\n\n\ndef use(event, context):\n    return greeting.TEXT + \"1\"\n";
    world.write("handler.py", handler);
    world.write("shared/python/greeting.py", "TEXT = \"moin \"\n");
    world.deploy(&[]).well();
    let answer = |word: &str| {
        let said = world
            .run(&["invoke", "use", "--sandbox", "--json"])
            .well()
            .json();
        assert_eq!(said["answer"], word);
    };
    answer("moin 1");

    world.write("handler.py", &handler.replace('1', "2"));
    let planned = world.planned();
    assert!(
        planned.iter().all(|(id, _)| !id.contains("Layer")),
        "{planned:?}"
    );
    world.deploy(&[]).well();
    answer("moin 2");

    world.write("shared/python/greeting.py", "TEXT = \"hallo \"\n");
    let planned = world.planned();
    let layer = planned.iter().find(|(id, _)| id == "SharedLambdaLayer");
    assert!(layer.is_some(), "{planned:?}");
    world.deploy(&[]).well();
    answer("hallo 2");
}
