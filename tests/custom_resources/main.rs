//! The code behind custom resources: what its functions ask of AWS, by `node --test` with a fake AWS.

use std::process::Command;

#[test]
fn the_functions_behind_custom_resources_do_what_their_tests_say() {
    let tests = pilothouse_tests::tests_folder().join("custom_resources/handlers.test.mjs");
    let output = Command::new("node")
        .arg("--test")
        .arg(tests)
        .output()
        .expect("node starts");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
