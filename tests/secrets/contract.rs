//! What a Parameter Store does, asked of three: the one in memory that other tests rely on, the local AWS, and moto. None
//! of them is AWS; what all three do, and the documents of AWS say, is as near as it gets without an account.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

use pilothouse_aws::AwsClouds;
use pilothouse_effects::{
    Cloud, CloudProblem, Clouds as _, ParameterFilter, ParameterKind, ParameterPut, ParameterTier,
    Target,
};
use pilothouse_model::Secret;
use pilothouse_testkit::{FakeClock, FakeCloud, Trace};

use super::place::Place;

fn put<'a>(name: &'a str, value: &'a Secret, overwrite: bool) -> ParameterPut<'a> {
    ParameterPut {
        name,
        kind: ParameterKind::Secure,
        value,
        key: None,
        tier: ParameterTier::Standard,
        description: Some("of a test"),
        pattern: None,
        policies: None,
        tags: &[],
        overwrite,
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

async fn holds(cloud: &Cloud, knows_unlabel: bool) {
    versions_and_labels(cloud, knows_unlabel).await;
    pages_and_filters(cloud).await;
    tags_and_deletion(cloud).await;
}

async fn versions_and_labels(cloud: &Cloud, knows_unlabel: bool) {
    let (reads, changes) = (&cloud.parameters, &cloud.parameter_changes);
    let name = "/contract/db/password";
    let (one, two) = (secret("one"), secret("two"));
    assert_eq!(changes.put(&put(name, &one, false)).await.expect("new"), 1);
    let again = changes
        .put(&put(name, &two, false))
        .await
        .expect_err("it exists");
    assert!(
        matches!(&again, CloudProblem::Refused { name, .. } if name == "ParameterAlreadyExists"),
        "{again:?}"
    );
    assert_eq!(
        changes
            .put(&put(name, &two, true))
            .await
            .expect("overwritten"),
        2
    );
    let found = reads
        .value(name)
        .await
        .expect("an answer")
        .expect("a value");
    assert_eq!(
        (found.value.expose(), found.version, found.kind),
        ("two", 2, ParameterKind::Secure)
    );
    let old = reads
        .value(&format!("{name}:1"))
        .await
        .expect("an answer")
        .expect("a value");
    assert_eq!((old.value.expose(), old.version), ("one", 1));
    let labels = ["live".to_owned()];
    assert!(
        changes
            .label(name, 1, &labels)
            .await
            .expect("labelled")
            .is_empty()
    );
    let live = reads
        .value(&format!("{name}:live"))
        .await
        .expect("an answer")
        .expect("a value");
    assert_eq!(live.value.expose(), "one");
    changes
        .label(name, 2, &labels)
        .await
        .expect("a label moves");
    let history = reads.history(name).await.expect("versions");
    let told: Vec<(u32, &str, usize)> = history
        .iter()
        .map(|one| (one.facts.version, one.value.expose(), one.labels.len()))
        .collect();
    assert_eq!(told, [(1, "one", 0), (2, "two", 1)]);
    let unlabelled = changes.unlabel(name, 2, &labels).await;
    assert_eq!(unlabelled.is_ok(), knows_unlabel, "{unlabelled:?}");
    let left = reads.history(name).await.expect("versions")[1].labels.len();
    assert_eq!(left, usize::from(!knows_unlabel));
    assert!(
        reads
            .value("/contract/none")
            .await
            .expect("an answer")
            .is_none()
    );
}

async fn pages_and_filters(cloud: &Cloud) {
    let (reads, changes) = (&cloud.parameters, &cloud.parameter_changes);
    let value = secret("x");
    for number in 0..60 {
        changes
            .put(&put(&format!("/contract/many/p{number:02}"), &value, false))
            .await
            .expect("stored");
    }
    changes
        .put(&put("/contract/many-others/p", &value, false))
        .await
        .expect("stored");
    let filter = ParameterFilter::Under("/contract/many".to_owned());
    let (mut names, mut next, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = reads
            .list(Some(&filter), next.as_deref())
            .await
            .expect("a page");
        names.extend(page.found.into_iter().map(|one| one.name));
        pages += 1;
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 60);
    assert!(pages > 1, "a list comes in pages");
    let named = ParameterFilter::Named("/contract/many/p07".to_owned());
    let found = reads.list(Some(&named), None).await.expect("a page").found;
    let one = found.first().expect("it is found");
    assert_eq!(
        (found.len(), one.name.as_str(), one.version),
        (1, "/contract/many/p07", 1)
    );
    assert_eq!(one.description.as_deref(), Some("of a test"));
    assert!(
        one.changed > SystemTime::UNIX_EPOCH || one.by.is_some(),
        "{one:?}"
    );
    let asked = ["/contract/many/p01", "/contract/none", "/contract/many/p02"].map(str::to_owned);
    assert_eq!(
        reads.values(&asked).await.expect("values").len(),
        2,
        "those that are missing are left out"
    );
}

async fn tags_and_deletion(cloud: &Cloud) {
    let (reads, changes) = (&cloud.parameters, &cloud.parameter_changes);
    let name = "/contract/db/password";
    let pairs =
        [("team", "shop"), ("owner", "ana")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    changes.tag(name, &pairs).await.expect("tagged");
    changes
        .untag(name, &["team".to_owned()])
        .await
        .expect("untagged");
    assert_eq!(
        reads.tags(name).await.expect("tags"),
        [("owner".to_owned(), "ana".to_owned())]
    );
    let asked = [name, "/contract/none"].map(str::to_owned);
    assert_eq!(changes.delete(&asked).await.expect("deleted"), [name]);
    assert!(reads.value(name).await.expect("an answer").is_none());
    let gone = reads.history(name).await;
    assert!(
        matches!(gone, Err(CloudProblem::NotFound { .. })) || gone.is_ok_and(|all| all.is_empty())
    );
}

async fn at(endpoint: &str) -> Cloud {
    let target = Target::Sandbox {
        endpoint: endpoint.to_owned(),
        region: "us-east-1".to_owned(),
    };
    AwsClouds.connect(&target).await
}

#[tokio::test]
async fn the_one_in_memory_holds_it() {
    let clock = FakeClock::at_millis(1_800_000_000_000);
    holds(&FakeCloud::new(clock, Trace::default()).services(), true).await;
}

#[tokio::test]
async fn the_local_aws_holds_it() {
    let place = Place::new();
    assert!(place.run(&["sandbox", "up"]).status.success());
    let status = place.run(&["sandbox", "status", "--json"]);
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("JSON");
    let address = status["running"]["url"].as_str().expect("an address");
    holds(&at(address).await, false).await;
}

/// A server that ends with the test.
struct Moto(Child);

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[tokio::test]
async fn moto_holds_it() {
    let python = pilothouse_tests::python_with(&["moto[server]==5.2.5"], "moto-5.2.5");
    // It is asked for a free port, and says which one it took.
    let mut child = Command::new(python)
        .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("moto starts");
    let errors = child.stderr.take().expect("a pipe");
    let moto = Moto(child);
    let mut lines = BufReader::new(errors).lines().map_while(Result::ok);
    let address = lines.find_map(|line| {
        let from = line.find("http://127.0.0.1:")?;
        line.get(from..)?
            .split_whitespace()
            .next()
            .map(str::to_owned)
    });
    let address = address.expect("it says where it answers");
    // What it says later must not fill the pipe.
    let rest = std::thread::spawn(move || lines.for_each(drop));
    holds(&at(&address).await, true).await;
    drop(moto);
    rest.join().expect("it ended");
}
