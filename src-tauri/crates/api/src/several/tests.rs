//! The order of several services, and what their compose file says.

use pilothouse_model::SourceId;

use super::order::sorted;
use super::*;

fn member(name: &str, needs: &[&str]) -> Member {
    let mut member = Member::new(name, name);
    for other in needs {
        member.needs.insert((*other).to_owned(), String::new());
    }
    member
}

fn read(text: &str) -> Result<Vec<Member>, Vec<String>> {
    let variable = |name: &str| (name == "HOME_PAGE").then(|| "home".to_owned());
    let source = SourceId::new("serverless-compose.yml");
    compose::members(&source, text, "dev", &variable).map_err(|found| {
        assert!(
            found
                .0
                .iter()
                .all(|one| one.hint.is_some() && one.span.is_some()),
            "{found:#?}"
        );
        found.0.into_iter().map(|one| one.message).collect()
    })
}

#[test]
fn each_comes_after_those_it_needs_and_else_in_the_folders_order() {
    let all = vec![
        member("web", &["orders", "users"]),
        member("mail", &[]),
        member("orders", &["tables"]),
        member("users", &["tables", "elsewhere"]),
        member("tables", &["tables"]),
    ];
    let all = sorted(all).expect("there is an order");
    let names: Vec<(&str, usize)> = all
        .iter()
        .map(|one| (one.name.as_str(), one.level))
        .collect();
    assert_eq!(
        names,
        [
            ("mail", 0),
            ("tables", 0),
            ("orders", 1),
            ("users", 1),
            ("web", 2)
        ]
    );
}

#[test]
fn a_circle_is_named_and_nothing_beside_it() {
    let all = vec![
        member("z", &["a"]),
        member("a", &["b"]),
        member("b", &["c"]),
        member("c", &["a"]),
    ];
    assert_eq!(
        sorted(all),
        Err(["a", "b", "c", "a"].map(str::to_owned).to_vec())
    );
}

#[test]
fn what_fails_holds_back_what_leans_on_it_and_nothing_else() {
    let all = [
        member("a", &[]),
        member("b", &["a"]),
        member("c", &["b"]),
        member("d", &[]),
    ];
    let mut round = Round::default();
    round.tell("a", Fate::Failed("no".into()));
    assert_eq!(round.held(&all[1]), Some("a"));
    round.tell("b", Fate::Held("a".into()));
    assert_eq!(round.held(&all[2]), Some("b"));
    assert_eq!(round.held(&all[3]), None);
    assert_eq!(round.missing(), 2);

    let mut back = Round::default();
    back.tell("c", Fate::Failed("no".into()));
    assert_eq!(back.leaned_on("b", &all), Some("c"));
    assert_eq!(back.leaned_on("d", &all), None);
}

#[test]
fn a_compose_file_says_where_services_lie_and_what_they_are_given() {
    let all = read(
        "services:\n  orders:\n    path: ./services/orders/\n    config: other.yml\n    dependsOn: users\n    params:\n      url: https://${users.Host}/${sls:stage}?${env:HOME_PAGE}\n      count: 3\n  users:\n    path: users\n    component: serverless-framework\n",
    )
    .expect("it is right");
    let orders = &all[0];
    assert_eq!(
        (orders.path.as_str(), orders.config.as_deref()),
        ("services/orders", Some("other.yml"))
    );
    assert_eq!(
        orders.needs.get("users").map(String::as_str),
        Some("dependsOn")
    );

    let asked = DeployRequest {
        package: None,
        without_files: false,
        project: ProjectRequest {
            folder: "all".into(),
            params: vec!["count=4".into()],
            ..ProjectRequest::default()
        },
        target: pilothouse_model::PlannedTarget::Sandbox,
    };
    assert_eq!(
        orders
            .request(&asked, &Outputs::new())
            .expect_err("nobody knows it"),
        ["users.Host"]
    );
    let mut known = Outputs::new();
    known
        .entry("users".into())
        .or_default()
        .insert("Host".into(), "a.b".into());
    let own = orders
        .request(&asked, &known)
        .expect("all is known")
        .project;
    assert_eq!(own.folder, "all/services/orders");
    assert_eq!(
        own.params,
        ["url=https://a.b/dev?home", "count=3", "count=4"]
    );
}

#[test]
fn what_is_wrong_in_a_compose_file_is_told_in_one_pass() {
    let found = read(
        "services:\n  a:\n    path: ../a\n  b:\n    paht: b\n  c:\n    path: c\n    component: website\n    dependsOn: [x]\n    params:\n      p: ${y.Z}\n      q: ${env:NONE}\n      r: ${a.B\n      s: [1]\n  d: 1\n",
    )
    .expect_err("it is wrong");
    assert_eq!(found.len(), 10, "{found:#?}");
    assert_eq!(
        read("state: x\n").expect_err("no services"),
        ["the file names no services"]
    );
    let credential =
        read("services:\n  a:\n    path: a\n    params:\n      k: ${env:AWS_SECRET_ACCESS_KEY}\n");
    assert!(credential.expect_err("it is refused")[0].contains("credentials"));
}
