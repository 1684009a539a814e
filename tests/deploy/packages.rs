//! Packages of Python functions in the local AWS: in a layer of their own, and from the lock of each tool.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::world::{Said, World};

const SERVICE: &str = "service: packed
provider: {name: aws, runtime: python3.12}
custom: {pilothouse: {dependencies: layer}}
package: {patterns: ['!wheels/**']}
functions:
  use: {handler: handler.use}
";
const HANDLER: &str =
    "import alpha\n\n\ndef use(event, context):\n    return alpha.value + \" 1\"\n";

/// Wheels in a folder of the project: what an index would have.
fn make_wheels(project: &Path) {
    let made = Command::new("python3")
        .args(["-c", include_str!("../python/wheels.py"), "wheels"])
        .current_dir(project)
        .status();
    assert!(made.expect("python3 starts").success());
}

fn deploy(world: &World, wheels: &Path) -> Said {
    let mut command = world.command(&["deploy", "--sandbox", "--yes", "--json"]);
    command
        .env("PIP_NO_INDEX", "1")
        .env("PIP_FIND_LINKS", wheels);
    crate::said(command.output().expect("the command starts")).well()
}

fn answer(world: &World) -> Value {
    let said = world.run(&["invoke", "use", "--sandbox", "--json"]);
    said.well().json()["answer"].clone()
}

/// The files of every release, with their sizes.
fn releases(world: &World, aws: &str) -> Vec<(String, u64)> {
    let asked = json!({ "StackName": "packed-dev" });
    let stack = world.boto(aws, "cloudformation", "describe_stacks", &asked);
    let outputs = stack["Stacks"][0]["Outputs"].as_array().expect("outputs");
    let bucket = outputs
        .iter()
        .find(|one| one["OutputKey"] == "ServerlessDeploymentBucketName")
        .expect("a bucket")["OutputValue"]
        .clone();
    let said = world.boto(aws, "s3", "list_objects_v2", &json!({ "Bucket": bucket }));
    let objects = said["Contents"].as_array().expect("objects").iter();
    let of = |one: &Value| Some((one["Key"].as_str()?.to_owned(), one["Size"].as_u64()?));
    objects.filter_map(of).collect()
}

fn layers(files: &[(String, u64)]) -> usize {
    let of_layer = |file: &&(String, u64)| file.0.ends_with("/pythonRequirements.zip");
    files.iter().filter(of_layer).count()
}

#[test]
fn packages_in_a_layer_are_imported_and_a_change_of_code_leaves_them_where_they_are() {
    let world = World::new();
    world.write("serverless.yml", SERVICE);
    world.write("handler.py", HANDLER);
    world.write("requirements.txt", "alpha==1.0\n");
    make_wheels(&world.project());
    let wheels = world.project().join("wheels");
    deploy(&world, &wheels);
    assert_eq!(answer(&world), "alpha of beta 2 1");
    let aws = crate::sandbox_url(&world);
    assert_eq!(layers(&releases(&world, &aws)), 1);
    let name = "packed-dev-python-requirements";
    let newest = || {
        let asked = json!({ "LayerName": name });
        let said = world.boto(&aws, "lambda", "list_layer_versions", &asked);
        let versions = said["LayerVersions"].as_array().expect("versions").iter();
        versions.filter_map(|one| one["Version"].as_u64()).max()
    };
    assert_eq!(newest(), Some(1));

    world.write("handler.py", &HANDLER.replace('1', "2"));
    deploy(&world, &wheels);
    assert_eq!(answer(&world), "alpha of beta 2 2");
    let files = releases(&world, &aws);
    assert_eq!(layers(&files), 1, "{files:?}");
    assert_eq!(newest(), Some(1), "no version is published for code alone");

    // With a property of the stack the template is sent anew, and still names the layer where it lies.
    world.change_service(
        "{handler: handler.use}",
        "{handler: handler.use, timeout: 9}",
    );
    deploy(&world, &wheels);
    let files = releases(&world, &aws);
    assert_eq!(layers(&files), 1, "{files:?}");
    assert_eq!(answer(&world), "alpha of beta 2 2");

    world.write("requirements.txt", "alpha==1.0\nbeta==1.0\n");
    deploy(&world, &wheels);
    assert_eq!(answer(&world), "alpha of beta 1 2");
    assert_eq!(layers(&releases(&world, &aws)), 2);
    assert_eq!(newest(), Some(2));
}

const LOCKED: &str = "service: packed
provider: {name: aws, runtime: python3.12}
plugins: [serverless-python-requirements]
functions:
  use: {handler: handler.use}
";
const DATE: &str = "from dateutil import parser\n\n\ndef use(event, context):\n    return parser.parse(\"24 Nov 2026\").date().isoformat()\n";
const UV_PROJECT: &str = "[project]\nname = \"locked\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11\"\ndependencies = [\"python-dateutil==2.9.0.post0\"]\n";
const POETRY_PROJECT: &str = "[tool.poetry]\nname = \"locked\"\nversion = \"0.1.0\"\ndescription = \"\"\nauthors = []\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = \">=3.11\"\npython-dateutil = \"2.9.0.post0\"\n\n[build-system]\nrequires = [\"poetry-core\"]\nbuild-backend = \"poetry.core.masonry.api\"\n";
const PIPFILE: &str = "[packages]\npython-dateutil = \"==2.9.0.post0\"\n";

/// The locks are those of the tools; none of these is installed where they are read.
#[test]
fn what_stands_in_the_lock_of_each_tool_is_imported_by_the_function() {
    let wheels =
        pilothouse_tests::wheels_of(&["python-dateutil==2.9.0.post0"], "wheels-dateutil", "3.12");
    let first = World::new();
    let projects = [
        (
            "uv",
            "uv.lock",
            include_str!("locks/uv.lock"),
            ("pyproject.toml", UV_PROJECT),
        ),
        (
            "poetry",
            "poetry.lock",
            include_str!("locks/poetry.lock"),
            ("pyproject.toml", POETRY_PROJECT),
        ),
        (
            "pipenv",
            "Pipfile.lock",
            include_str!("locks/Pipfile.lock"),
            ("Pipfile", PIPFILE),
        ),
    ];
    for (tool, name, lock, (project, text)) in projects {
        let world = first.beside(tool);
        let service = LOCKED.replace("packed", &format!("packed-{tool}"));
        world.write("serverless.yml", &service);
        world.write("handler.py", DATE);
        world.write(name, lock);
        world.write(project, text);
        deploy(&world, &wheels);
        assert_eq!(answer(&world), "2026-11-24", "{tool}");
    }
}

const NODE: &str = "service: packed
provider: {name: aws, runtime: nodejs22.x}
custom: {pilothouse: {dependencies: layer}}
functions:
  use: {handler: src/use.handler}
";

#[test]
fn packages_of_node_in_a_layer_are_required_and_stay_where_they_are() {
    let world = World::new();
    let handler = "const greet = require('greet');\nexports.handler = async () => greet('1');\n";
    world.write("serverless.yml", NODE);
    world.write("src/use.js", handler);
    world.write("package.json", "{\"dependencies\": {\"greet\": \"1.0.0\"}}");
    let package = "{\"name\": \"greet\", \"version\": \"1.0.0\", \"main\": \"index.js\"}";
    world.write("node_modules/greet/package.json", package);
    world.write(
        "node_modules/greet/index.js",
        "module.exports = (to) => `hello ${to}`;\n",
    );
    let nowhere = world.project();
    deploy(&world, &nowhere);
    assert_eq!(answer(&world), "hello 1");
    let aws = crate::sandbox_url(&world);
    let of_layer = |files: &[(String, u64)]| {
        let layers = files
            .iter()
            .filter(|file| file.0.ends_with("/nodeModules.zip"));
        layers.count()
    };
    assert_eq!(of_layer(&releases(&world, &aws)), 1);

    world.write("src/use.js", &handler.replace('1', "2"));
    deploy(&world, &nowhere);
    assert_eq!(answer(&world), "hello 2");
    assert_eq!(of_layer(&releases(&world, &aws)), 1);

    // What no layer can give is told before anything is done.
    world.write("package.json", "{\"type\": \"module\"}");
    let said = world.run(&["deploy", "--sandbox", "--yes", "--json"]);
    said.failed_with("CONFIG_CONFLICT");
}

#[test]
fn a_service_without_packages_of_node_has_no_layer_of_them() {
    let world = World::new();
    world.write("serverless.yml", NODE);
    world.write("src/use.js", "exports.handler = async () => 1;\n");
    for words in [&["package"][..], &["print"]] {
        world.run(words).well();
    }
    let template = ".pilothouse/cloudformation-template-update-stack.json";
    let text = std::fs::read_to_string(world.project().join(template)).expect("a template");
    assert!(!text.contains("NodeModules"), "{text}");
}
