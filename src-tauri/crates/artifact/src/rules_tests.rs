use super::*;

fn rules(patterns: &[&str]) -> Rules {
    let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
    let scope = Scope {
        config_file: "serverless.yml".into(),
        ..Scope::default()
    };
    Rules::new(&scope, &patterns).expect("patterns that are understood")
}

#[test]
fn without_patterns_everything_is_in_but_what_the_peer_leaves_out() {
    let rules = rules(&[]);
    for path in [
        "handler.py",
        ".hidden/q",
        "a/.gitignore",
        "a/npm-debug.log",
        "a/serverless.yml",
        "node_modules/a/i.js",
    ] {
        assert!(rules.include(path), "{path}");
    }
    for path in [
        ".git/config",
        ".gitignore",
        ".DS_Store",
        "npm-debug.log",
        "yarn-error.log",
        ".serverless/x",
        "serverless.yml",
    ] {
        assert!(!rules.include(path), "{path}");
    }
}

#[test]
fn the_last_pattern_that_matches_decides() {
    let rules = rules(&["!**", "handler.py", "a/**", "!a/*.txt"]);
    assert!(rules.include("handler.py") && rules.include("a/x.py") && rules.include("a/b/y.txt"));
    assert!(!rules.include("a/y.txt") && !rules.include("b/z.py"));
}

#[test]
fn a_pattern_can_take_in_what_is_left_out_by_default() {
    assert!(rules(&["serverless.yml"]).include("serverless.yml"));
    assert!(rules(&["**"]).include(".gitignore"));
}

#[test]
fn two_exclamation_marks_leave_out_all_but_what_matches() {
    let rules = rules(&["!!a/**"]);
    assert!(rules.include("a/x") && !rules.include("b/x"));
}

#[test]
fn a_pattern_of_the_function_that_the_service_has_already_is_not_repeated() {
    let text =
        |patterns: &[&str]| -> Vec<String> { patterns.iter().map(|p| (*p).to_owned()).collect() };
    assert_eq!(
        joined(&text(&["!**", "a/**"]), &text(&["!**", "b/**"])),
        text(&["!**", "a/**", "b/**"])
    );
}

#[test]
fn a_folder_is_passed_by_only_when_no_later_pattern_reaches_into_it() {
    let all = rules(&["!node_modules/**", "src/**"]);
    assert!(
        all.prune("node_modules")
            && all.prune("node_modules/a")
            && all.prune(".git")
            && all.prune("a/.git")
    );
    assert!(!all.prune("src") && !all.prune("node"));
    let some = rules(&["!**", "node_modules/a/**"]);
    assert!(!some.prune("node_modules") && !some.prune("node_modules/a"));
    assert!(some.prune("node_modules/b") && some.prune("src"));
    assert!(!rules(&["!**", "**/*.js"]).prune("src"));
}

#[test]
fn all_patterns_that_are_not_understood_are_named_at_once() {
    let patterns = ["a/!(b)".to_owned(), "ok".to_owned(), "[z-a]".to_owned()];
    let problems = Rules::new(&Scope::default(), &patterns)
        .err()
        .map(|found| found.len());
    assert_eq!(problems, Some(2));
}
