use pilothouse_effects::ProjectFiles;
use pilothouse_testkit::MemoryProject;

use super::*;
use crate::rules::Scope;

fn selected(project: &MemoryProject, patterns: &[&str]) -> (Vec<String>, Vec<String>) {
    let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
    let rules = Rules::new(&Scope::default(), &patterns).expect("rules");
    let tree = project
        .walk(&|folder| rules.prune(folder.as_str()))
        .expect("a tree");
    let selection = select(&rules, &Development::default(), &tree);
    (
        selection
            .files
            .iter()
            .map(|file| file.path.to_string())
            .collect(),
        selection
            .refused
            .iter()
            .map(|refused| format!("{} {:?}", refused.path, refused.why))
            .collect(),
    )
}

fn project() -> MemoryProject {
    MemoryProject::new()
        .file(".env", "S=1")
        .file("handler.py", "")
        .file("certs/public.pem", "")
        .file("vendor/lib/.git/HEAD", "")
        .file(".git/HEAD", "")
        .file("terraform.tfstate", "")
        .link("innocent", ".env")
        .link_away("away")
        .pipe("pipe")
}

#[test]
fn what_is_never_packed_is_left_out_and_told_whatever_patterns_say() {
    let refused = [
        ".env EnvironmentFile",
        "away LinkAway",
        "certs/public.pem Key",
        "innocent EnvironmentFile",
        "pipe NotAFile",
        "terraform.tfstate State",
        "vendor/lib/.git History",
    ];
    let (files, told) = selected(&project(), &[]);
    assert_eq!(files, ["handler.py"]);
    assert_eq!(told, refused);
    let (files, told) = selected(
        &project(),
        &["**", "*.env", ".env*", "certs/*.pem", ".git/**"],
    );
    assert_eq!(files, ["handler.py"]);
    assert!(
        refused
            .iter()
            .all(|line| told.iter().any(|other| other == line)),
        "{told:?}"
    );
    assert!(told.contains(&".git History".to_owned()));
}

#[test]
fn naming_the_very_file_allows_it_but_never_links_away_history_or_state() {
    let names = [
        "certs/public.pem",
        ".env",
        "away",
        "pipe",
        "terraform.tfstate",
        ".git/HEAD",
    ];
    let (files, told) = selected(&project(), &names);
    assert_eq!(
        files,
        [".env", "certs/public.pem", "handler.py", "innocent"]
    );
    assert_eq!(
        told,
        [
            ".git History",
            "away LinkAway",
            "pipe NotAFile",
            "terraform.tfstate State",
            "vendor/lib/.git History"
        ]
    );
}

#[test]
fn naming_a_link_does_not_allow_what_it_leads_to() {
    let (files, told) = selected(&project(), &["!**", "innocent"]);
    assert_eq!(files, Vec::<String>::new());
    assert_eq!(told, ["innocent EnvironmentFile"]);
}

#[test]
fn what_patterns_leave_out_is_not_told() {
    let (files, told) = selected(&project(), &["!**", "handler.py"]);
    assert_eq!(files, ["handler.py"]);
    assert_eq!(told, Vec::<String>::new());
}
