//! One value through every flow, and then nowhere but where it was asked for.

use std::path::Path;

use super::place::{Place, errors};

const CANARY: &str = "Kanari+en/7 \"vogel\" %41\u{fc}";

/// The value in the forms in which it could be left somewhere.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let raw = CANARY.as_bytes();
    let percent: String = raw
        .iter()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(*byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect();
    let json = serde_json::to_string(CANARY).expect("JSON");
    let escaped: String = json
        .chars()
        .map(|letter| {
            if letter.is_ascii() {
                letter.to_string()
            } else {
                format!("\\u{:04x}", u32::from(letter))
            }
        })
        .collect();
    let hex: String = raw.iter().map(|byte| format!("{byte:02x}")).collect();
    vec![
        ("raw", raw.to_vec()),
        ("base64", base64(raw).into_bytes()),
        ("URL", percent.clone().into_bytes()),
        ("form", percent.replace("%20", "+").into_bytes()),
        ("JSON", json.trim_matches('"').as_bytes().to_vec()),
        (
            "escaped JSON",
            escaped.trim_matches('"').as_bytes().to_vec(),
        ),
        ("hex", hex.into_bytes()),
    ]
}

/// Base64 without its last group, which depends on what follows.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks_exact(3) {
        let number = three
            .iter()
            .fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        text.extend([18, 12, 6, 0].map(|shift| char::from(LETTERS[number >> shift & 63])));
    }
    text
}

fn found_in(bytes: &[u8]) -> Vec<&'static str> {
    let holds = |form: &[u8]| bytes.windows(form.len()).any(|window| window == form);
    forms()
        .into_iter()
        .filter(|(_, form)| holds(form))
        .map(|(name, _)| name)
        .collect()
}

fn search(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        // The local AWS keeps what it is given, as AWS does; the test's own files hold the value on purpose.
        if path.ends_with("sandbox/state") {
            continue;
        }
        if path.is_dir() {
            search(&path, found);
        } else if let Ok(bytes) = std::fs::read(&path) {
            let forms = found_in(&bytes);
            if !forms.is_empty() {
                found.push(format!("{} as {}", path.display(), forms.join(", ")));
            }
        }
    }
}

#[test]
fn the_search_finds_the_value_in_every_form() {
    for (name, form) in forms() {
        let hidden = [b"before ".as_slice(), &form, b" after"].concat();
        assert!(found_in(&hidden).contains(&name), "{name}");
    }
    assert!(found_in(b"nothing here").is_empty());
}

#[test]
fn a_value_is_in_no_file_and_no_answer_but_the_one_that_was_asked_for() {
    let place = Place::new();
    let name = "/canary/dev/token";
    let mut told = Vec::new();
    let mut run = |input: Option<&str>, words: &[&str]| {
        let output = match input {
            Some(input) => place.secrets_with(input, words),
            None => place.secrets(words),
        };
        let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        let forms = found_in(&text);
        if !forms.is_empty() {
            told.push(format!("{words:?} told it as {}", forms.join(", ")));
        }
        (output.status.success(), errors(&output))
    };
    let json = serde_json::json!({ "token": CANARY, "other": { "token": CANARY } }).to_string();
    place.file("in.json", &json);
    place.file(
        "in.yml",
        &format!("token: {}\n", serde_json::to_string(CANARY).expect("JSON")),
    );
    place.file("broken.json", &json.replace("\"other\"", "other"));
    place.file("broken.env", CANARY);
    for (input, words, succeeds) in [
        (Some(CANARY), vec!["set", name], true),
        (Some(CANARY), vec!["set", name], false),
        (Some(CANARY), vec!["set", name, "--seen", "1"], true),
        (
            Some(CANARY),
            vec!["set", "/canary/dev/pattern", "--pattern", "^[0-9]+$"],
            false,
        ),
        (Some(CANARY), vec!["set", "/aws/wrong"], false),
        (None, vec!["list", "/canary"], true),
        (None, vec!["list", "/canary", "--json"], true),
        (None, vec!["tree"], true),
        (None, vec!["show", name, "--json"], true),
        (None, vec!["history", name], true),
        (None, vec!["diff", name, "1", "2"], true),
        (None, vec!["restore", name, "1"], true),
        (None, vec!["label", name, "1", "live"], true),
        (None, vec!["tag", name, "a=b"], true),
        (
            None,
            vec!["import", "in.json", "--under", "/canary/in", "--yes"],
            true,
        ),
        (
            None,
            vec![
                "import",
                "in.yml",
                "--under",
                "/canary/in",
                "--yes",
                "--json",
            ],
            true,
        ),
        (
            None,
            vec!["import", "broken.json", "--under", "/canary/in", "--yes"],
            false,
        ),
        (
            None,
            vec!["import", "broken.env", "--under", "/canary/in", "--yes"],
            false,
        ),
        (
            None,
            vec!["copy", "/canary/in", "/canary/out", "--yes"],
            true,
        ),
        (
            None,
            vec!["compare", "/canary/in", "/canary/dev", "--all"],
            true,
        ),
        (
            None,
            vec!["compare", "/canary/in", "/canary/dev", "--json"],
            true,
        ),
        (None, vec!["export", "/canary/in", "--out", "out.env"], true),
        (None, vec!["rm", name, "--yes"], true),
    ] {
        let (succeeded, said) = run(input, &words);
        assert_eq!(succeeded, succeeds, "{words:?}: {said}");
    }
    assert!(told.is_empty(), "{told:#?}");
    let shown = place.secrets(&["reveal", "/canary/in/token"]);
    assert_eq!(
        found_in(&shown.stdout).first(),
        Some(&"raw"),
        "{}",
        errors(&shown)
    );

    let mut found = Vec::new();
    search(&place.folder().join("pilothouse"), &mut found);
    assert!(found.is_empty(), "{found:#?}");
    assert!(
        place.folder().join("pilothouse/journal.sqlite").exists(),
        "there was something to search"
    );
}
