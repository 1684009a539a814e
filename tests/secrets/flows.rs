//! What a person does with parameters, step by step, on the local AWS.

use serde_json::Value;

use super::place::{Place, errors};

fn names(list: &Value) -> Vec<&str> {
    let all = list["parameters"].as_array().expect("a list");
    all.iter()
        .map(|one| one["name"].as_str().expect("a name"))
        .collect()
}

#[test]
fn a_secret_is_stored_changed_labelled_compared_restored_and_deleted() {
    let place = Place::new();
    let name = "/shop/dev/db/password";
    assert_eq!(
        place.store(
            name,
            "first-value\n",
            &["--description", "The shop's database", "--tag", "team=shop"]
        ),
        1
    );
    let refused = place.secrets_with("second", &["set", name]);
    assert_eq!(
        refused.status.code(),
        Some(1),
        "what exists is not written over unasked"
    );
    assert!(
        errors(&refused).contains("--seen 1"),
        "{}",
        errors(&refused)
    );
    assert_eq!(place.store(name, "second-value", &["--seen", "1"]), 2);
    let late = place.secrets_with("third", &["set", name, "--seen", "1"]);
    assert!(errors(&late).contains("SECRET_MOVED"), "{}", errors(&late));
    assert_eq!(place.value(name), "second-value");
    assert_eq!(place.value(&format!("{name}:1")), "first-value");

    place.json(&["label", name, "1", "old", "first"]);
    // The local AWS does not know how; moto does, in `contract`.
    let told = place.refused(&["unlabel", name, "1", "first"]);
    assert!(
        told.contains("does not know this call") && told.contains("help:"),
        "{told}"
    );
    place.json(&["tag", name, "owner=ana", "--remove", "team"]);
    let shown = place.json(&["show", name]);
    assert_eq!(
        shown["tags"],
        serde_json::json!([{ "key": "owner", "value": "ana" }]),
        "{shown:#}"
    );
    assert_eq!(shown["parameter"]["description"], "The shop's database");
    assert_eq!(
        shown["versions"][1]["labels"],
        serde_json::json!(["old", "first"]),
        "{shown:#}"
    );
    assert_eq!(
        shown["versions"][0]["differences"][0]["part"], "value",
        "{shown:#}"
    );
    let told = shown.to_string();
    assert!(
        !told.contains("first-value") && !told.contains("second-value"),
        "{told}"
    );

    let differences = place.json(&["diff", name, "1", "2"]);
    assert_eq!(differences[0]["part"], "value", "{differences:#}");
    assert_eq!(place.json(&["restore", name, "1"])["version"], 3);
    assert_eq!(place.value(name), "first-value");
    assert_eq!(
        place
            .json(&["diff", name, "1", "3"])
            .as_array()
            .map_or(9, |all| all
                .iter()
                .filter(|one| one["part"] == "value")
                .count()),
        0
    );

    let unasked = place.refused(&["rm", name]);
    assert!(unasked.contains("NOT_CONFIRMED"), "{unasked}");
    assert_eq!(
        place.json(&["rm", name, "--yes"])["deleted"],
        serde_json::json!([name])
    );
    assert!(place.refused(&["show", name]).contains("CLOUD_MISSING"));
}

#[test]
fn values_come_from_a_file_or_chance_and_never_from_an_argument() {
    let place = Place::new();
    let refused = place.refused(&["set", "/shop/dev/x", "hunter2"]);
    assert!(
        refused.contains("USAGE") && !refused.contains("hunter2"),
        "{refused}"
    );
    place.file("value.txt", "two\nlines\n");
    place.json(&["set", "/shop/dev/lines", "--from-file", "value.txt"]);
    assert_eq!(
        place.value("/shop/dev/lines"),
        "two\nlines\n",
        "a file is taken as it stands"
    );
    let made = place.secrets(&["set", "/shop/dev/made", "--generate", "40"]);
    assert!(made.status.success(), "{}", errors(&made));
    let value = place.value("/shop/dev/made");
    assert_eq!(value.len(), 40);
    let printed = format!("{}{}", String::from_utf8_lossy(&made.stdout), errors(&made));
    assert!(
        !printed.contains(&value),
        "a value that is made is shown to nobody"
    );
    for (name, code) in [
        ("/aws/x", "SECRET_RULES"),
        ("/a//b", "SECRET_RULES"),
        ("with space", "SECRET_RULES"),
    ] {
        let told = place.refused(&["set", name, "--generate"]);
        assert!(told.contains(code) && told.contains("help:"), "{told}");
    }
    let large = place.secrets_with(&"x".repeat(5000), &["set", "/shop/dev/large"]);
    assert!(errors(&large).contains("5000 bytes"), "{}", errors(&large));
    assert_eq!(
        place.store(
            "/shop/dev/large",
            &"x".repeat(5000),
            &["--tier", "Advanced"]
        ),
        1
    );
}

#[test]
fn five_hundred_are_imported_once_listed_compared_copied_and_deleted() {
    let place = Place::new();
    let text: String = (0..500)
        .map(|number| format!("KEY_{number:03}=value-{number}\n"))
        .collect();
    place.file("many.env", &text);
    let looked = place.json(&["import", "many.env", "--under", "/big/dev", "--dry-run"]);
    assert_eq!(
        (
            looked["preview"]["added"].as_u64(),
            looked["done"].is_null()
        ),
        (Some(500), true)
    );
    let done = place.json(&["import", "many.env", "--under", "/big/dev", "--yes"]);
    assert_eq!(done["done"]["written"].as_array().map(Vec::len), Some(500));
    let again = place.json(&["import", "many.env", "--under", "/big/dev", "--yes"]);
    assert_eq!(
        (again["preview"]["same"].as_u64(), again["done"].is_null()),
        (Some(500), true)
    );
    place.file("few.yml", "KEY_001: other\nnested:\n  list: [a, b]\n");
    let few = place.json(&["import", "few.yml", "--under", "/big/dev", "--yes"]);
    assert_eq!(
        (
            few["preview"]["added"].as_u64(),
            few["preview"]["changed"].as_u64()
        ),
        (Some(1), Some(1))
    );
    let list = place.json(&["list", "/big/dev"]);
    assert_eq!(list["parameters"].as_array().map(Vec::len), Some(501));
    assert_eq!(
        names(&place.json(&["list", "/big", "--type", "StringList"])),
        ["/big/dev/nested/list"]
    );
    assert_eq!(
        names(&place.json(&["list", "--filter", "key_499"])),
        ["/big/dev/KEY_499"]
    );
    let tree = place.json(&["tree", "/big"]);
    assert_eq!(tree[0]["count"], 501, "{tree:#}");
    assert_eq!(place.value("/big/dev/KEY_001"), "other");

    let copied = place.json(&[
        "copy",
        "/big/dev",
        "/big/prod",
        "--only",
        "KEY_001",
        "--only",
        "nested/list",
        "--yes",
    ]);
    assert_eq!(copied["done"]["written"].as_array().map(Vec::len), Some(2));
    place.store("/big/prod/KEY_002", "mine", &[]);
    let compared = place.json(&["compare", "/big/dev", "/big/prod"]);
    let counts = ["same", "differs", "left", "right"].map(|name| compared[name].as_u64());
    assert_eq!(counts, [Some(2), Some(1), Some(498), Some(0)], "{counts:?}");

    place.json(&[
        "export",
        "/big/prod",
        "--out",
        "out.json",
        "--form",
        "nested-json",
    ]);
    let text = std::fs::read_to_string(place.folder().join("out.json")).expect("a file");
    let exported: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        exported,
        serde_json::json!({ "KEY_001": "other", "KEY_002": "mine", "nested": { "list": "a,b" } })
    );
    let mode = std::os::unix::fs::MetadataExt::mode(
        &std::fs::metadata(place.folder().join("out.json")).expect("a file"),
    );
    assert_eq!(mode & 0o777, 0o600, "only its owner may read it");
    let gone = place.json(&["rm", "--under", "/big", "--yes"]);
    assert_eq!(gone["deleted"].as_array().map(Vec::len), Some(504));
    assert_eq!(names(&place.json(&["list", "/big"])), [""; 0]);
}

#[test]
fn a_file_that_is_wrong_is_told_by_its_lines_and_changes_nothing() {
    let place = Place::new();
    place.file("bad.env", "GOOD=1\nhunter2\n=x\n");
    let told = place.refused(&["import", "bad.env", "--under", "/bad", "--yes"]);
    assert!(
        told.contains("line 2") && told.contains("line 3") && !told.contains("hunter2"),
        "{told}"
    );
    place.file("bad.json", "{\"a b\": \"hunter2\", \"c\": \"\"}");
    let told = place.refused(&["import", "bad.json", "--under", "/bad", "--yes"]);
    assert!(
        told.contains("SECRET_RULES") && !told.contains("hunter2"),
        "{told}"
    );
    place.file("x.txt", "A=1");
    assert!(
        place
            .refused(&["import", "x.txt", "--under", "/bad", "--yes"])
            .contains("--form")
    );
    assert_eq!(names(&place.json(&["list", "/bad"])), [""; 0]);
}

#[test]
fn what_was_done_is_told_with_the_command_that_repeats_it_and_no_value() {
    let place = Place::new();
    place.store("/noted/x", "hunter2-noted", &[]);
    place.value("/noted/x");
    let output = place.run(&["activity", "--json"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let told: Vec<(&str, &str, &str)> = all
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            ["verb", "stack", "outcome"]
                .map(|name| one[name].as_str().expect("a text"))
                .into()
        })
        .collect();
    assert_eq!(
        told,
        [
            ("reveal", "parameter /noted/x", "done"),
            ("set", "parameter /noted/x", "done")
        ],
        "{text}"
    );
    assert!(text.contains("\"secrets\""), "{text}");
    assert!(!text.contains("hunter2-noted"), "{text}");
}
