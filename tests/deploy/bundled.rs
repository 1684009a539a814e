//! TypeScript with a package from npm, bundled by esbuild, in the local AWS.

use serde_json::{Value, json};

use crate::world::World;

const SERVICE: &str = "service: bundled
provider: {name: aws, runtime: nodejs22.x}
plugins: [serverless-esbuild]
package: {individually: true}
custom: {esbuild: {minify: true, external: [is-number]}}
functions:
  count: {handler: src/count.main}
  plain: {handler: src/plain.main}
";
const COUNT: &str = "import isNumber from 'is-number';\nimport { say } from './say';\n\
                     export const main = async (event: { of: unknown }): Promise<string> => say(isNumber(event.of));\n";

/// The tools, and the package, as they are installed.
fn peers() -> std::path::PathBuf {
    let serverless =
        pilothouse_tests::installed_by_npm("node/peer", "node/1", "node_modules/serverless");
    serverless.parent().expect("a folder").to_path_buf()
}

fn called(world: &World, function: &str, event: &Value) -> Value {
    let event = event.to_string();
    let said = world.run(&["invoke", function, "--sandbox", "--data", &event, "--json"]);
    said.well().json()["answer"].clone()
}

#[test]
fn typescript_with_a_package_of_npm_runs_bundled_and_with_the_package_beside_it() {
    let world = World::new();
    std::os::unix::fs::symlink(peers(), world.place().join("node_modules")).expect("a link");
    let package = world.project().join("node_modules/is-number");
    pilothouse_tests::copy_folder(&peers().join("is-number"), &package).expect("a copy");
    world.write(
        "package.json",
        "{\"dependencies\": {\"is-number\": \"7.0.0\"}}",
    );
    world.write("serverless.yml", SERVICE);
    world.write("src/count.ts", COUNT);
    world.write(
        "src/say.ts",
        "export const say = (is: boolean): string => (is ? 'a number' : 'none');\n",
    );
    world.write(
        "src/plain.ts",
        "enum Kind { A = 'a' }\nexport const main = async () => Kind.A;\n",
    );
    let allowed = ["--allow-code", "all"];
    world.deploy(&allowed).well();
    assert_eq!(called(&world, "count", &json!({"of": 12})), "a number");
    assert_eq!(called(&world, "count", &json!({"of": "x"})), "none");
    assert_eq!(called(&world, "plain", &json!({})), "a");
    let again = world.deploy(&allowed).well();
    assert!(again.out.contains("No changes"), "{}", again.out);

    // Bundled too, it runs without what lies beside it.
    world.change_service(", external: [is-number]", "");
    world.deploy(&allowed).well();
    assert_eq!(called(&world, "count", &json!({"of": 12})), "a number");
    world.run(&["remove", "--sandbox", "--yes"]).well();
}

#[test]
fn the_example_of_typescript_deploys_as_it_stands() {
    let world = World::with_example("node-esbuild");
    std::os::unix::fs::symlink(peers(), world.place().join("node_modules")).expect("a link");
    world.deploy(&["--allow-code", "all"]).well();
    assert_eq!(
        called(&world, "price", &json!({"dishes": ["tea", "cake"]})),
        "5.90"
    );
    let answer = called(
        &world,
        "order",
        &json!({"queryStringParameters": {"of": "tea"}}),
    );
    assert_eq!(answer["statusCode"], 200, "{answer}");
    world.run(&["remove", "--sandbox", "--yes"]).well();
}
