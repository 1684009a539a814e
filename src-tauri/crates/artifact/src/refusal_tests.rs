use super::*;

#[test]
fn secrets_state_and_history_are_refused_wherever_they_lie_and_however_they_are_spelled() {
    for (path, reason) in [
        (".env", Why::EnvironmentFile),
        ("app/.env.production", Why::EnvironmentFile),
        (".ENV", Why::EnvironmentFile),
        ("certs/server.pem", Why::Key),
        ("server.KEY", Why::Key),
        ("a/id_rsa", Why::Key),
        ("id_ed25519.pub", Why::Key),
        ("x.p12", Why::Key),
        ("x.pfx", Why::Key),
        (".aws/credentials", Why::Credentials),
        ("home/.ssh/known_hosts", Why::Credentials),
        (".npmrc", Why::Credentials),
        ("a/.pypirc", Why::Credentials),
        (".netrc", Why::Credentials),
        (".git/config", Why::History),
        ("vendor/lib/.git", Why::History),
        ("terraform.tfstate", Why::State),
        ("terraform.tfstate.backup", Why::State),
        ("infra/.terraform/x", Why::State),
        (".pilothouse/a.zip", Why::State),
        ("sub/.serverless/a.zip", Why::State),
    ] {
        assert_eq!(why(path), Some(reason), "{path}");
    }
}

#[test]
fn names_that_only_resemble_them_are_packed() {
    for path in [
        "env",
        "environment.py",
        "serverless.env.yml",
        "keys.py",
        "key",
        "pem/x",
        ".gitignore",
        ".github/x",
        "aws/config",
        "tfstate.py",
        "monkey",
        "certifi/cacert.pem",
        "node_modules/grpc/etc/roots.pem",
    ] {
        assert_eq!(why(path), None, "{path}");
    }
}

#[test]
fn a_certificate_list_counts_only_where_its_library_has_it() {
    assert_eq!(why("cacert.pem"), Some(Why::Key));
    assert_eq!(why("mycertifi/cacert.pem"), Some(Why::Key));
}

#[test]
fn only_folders_that_nothing_can_be_allowed_of_are_passed_by() {
    assert!(never_entered(".git") && never_entered("a/.Pilothouse") && never_entered(".terraform"));
    assert!(!never_entered(".aws") && !never_entered("git") && !never_entered(".github"));
}

#[test]
fn what_others_could_read_is_refused_by_its_name_and_by_where_it_leads() {
    let entry = |path: &str, target: Option<&str>, kind| TreeEntry {
        path: ProjectPath::parse(path).expect("a path"),
        kind,
        target: target.map(|target| ProjectPath::parse(target).expect("a path")),
    };
    let file = EntryKind::File {
        size: 1,
        executable: false,
    };
    for name in [
        "dist/.env",
        "dist/a/.env.prod",
        "dist/server.key",
        "dist/.git/config",
        "x/.aws/credentials",
    ] {
        assert!(never_served(&entry(name, None, file)).is_some(), "{name}");
    }
    assert!(never_served(&entry("dist/harmless", Some(".env"), file)).is_some());
    assert_eq!(
        never_served(&entry("dist/away", None, EntryKind::LinkAway)),
        Some(Why::LinkAway)
    );
    assert_eq!(never_served(&entry("dist/index.html", None, file)), None);
    assert_eq!(
        never_served(&entry("dist/.well-known/a", Some("x/a"), file)),
        None
    );
}
