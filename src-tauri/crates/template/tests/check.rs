//! No false alarm: the templates that Serverless Framework makes of the corpus are judged, and nothing is found.

use std::path::Path;

use pilothouse_model::Template;
use pilothouse_template::check;

/// What is truly wrong in templates of the corpus, which cover what the peer lets pass: case, and the name that
/// leads nowhere.
const WRONG: [(&str, &str); 6] = [
    ("own-provider-layers/expected.json", "refers to X,"),
    (
        "own-layers-retain/expected.json",
        "refers to MyLayerLambdaLayer,",
    ),
    // The peer packages what AWS then refuses.
    ("own-app-http-120/expected.json", "725 resources,"),
    ("own-alb-full2/expected.json", "refers to HTTPListener1,"),
    ("own-err-role-bad-type/expected.json", "names 5,"),
    ("own-err-role-bad-type/expected.json", "refers to 5,"),
];

#[test]
fn the_templates_of_the_corpus_are_found_right() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/corpus/cases");
    let mut wrong = Vec::new();
    let mut judged = 0;
    for case in std::fs::read_dir(cases).expect("the corpus is here") {
        let case = case.expect("it can be read").path();
        for file in ["expected.json", "expected.create.json"] {
            let Ok(text) = std::fs::read_to_string(case.join(file)) else {
                continue;
            };
            let Ok(map) = serde_json::from_str(&text) else {
                continue;
            };
            judged += 1;
            let found = check(&Template(map));
            let name = case
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            wrong.extend(
                found
                    .0
                    .into_iter()
                    .map(|one| format!("{name}/{file}: {}", one.message)),
            );
        }
    }
    assert!(judged >= 200, "{judged} templates were judged");
    let is_known = |said: &String| {
        let mut known = WRONG.iter();
        known.any(|(case, name)| said.starts_with(case) && said.contains(name))
    };
    let false_alarms: Vec<&String> = wrong.iter().filter(|said| !is_known(said)).collect();
    assert!(false_alarms.is_empty(), "{false_alarms:#?}");
    assert_eq!(wrong.len(), WRONG.len(), "{wrong:#?}");
}
