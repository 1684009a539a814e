//! Folders that go to buckets: named by the plan, key by key, and done when the stack stands.

mod world;

use std::collections::BTreeMap;

use pilothouse_deploy::{
    DeployProblem, Desired, DesiredBucket, DesiredFile, DesiredFolder, Moved, Stopped, files_of,
    plan_removal, remove,
};
use pilothouse_effects::{FileUpload, Served};
use pilothouse_model::{Course, Digest, Plan, Progress, Verb};
use pilothouse_testkit::Fault;
use world::{SHOP, World, wait};

const SITE: &str = "site";

fn served(kind: &str) -> Served {
    let said = [("ContentType", kind), ("ACL", "public-read")];
    said.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn file(key: &str, text: &str) -> DesiredFile {
    DesiredFile {
        key: key.into(),
        path: Some(format!("/project/dist/{key}")),
        bytes: 1,
        digest: Digest::of(text.as_bytes()),
        md5: String::new(),
        served: served("text/html"),
    }
}

fn folder(prefix: &str, files: &[(&str, &str)]) -> DesiredFolder {
    DesiredFolder {
        folder: "dist".into(),
        bucket: DesiredBucket::Name(SITE.into()),
        prefix: prefix.into(),
        deletes: true,
        files: files.iter().map(|(key, text)| file(key, text)).collect(),
        tags: BTreeMap::new(),
    }
}

fn desired(world: &World, folders: Vec<DesiredFolder>) -> Desired {
    Desired {
        synced: folders,
        ..world.desired(SHOP)
    }
}

#[expect(clippy::expect_used, reason = "a test may panic")]
fn deploy(world: &World, folders: Vec<DesiredFolder>) -> Plan {
    let desired = desired(world, folders);
    let (session, plan) = world.plan(&desired).expect("a plan");
    world.apply(&session, &desired, &plan).expect("it stands");
    plan
}

fn keys(files: &[pilothouse_model::SyncedFile]) -> Vec<&str> {
    files.iter().map(|file| file.key.as_str()).collect()
}

#[test]
fn only_what_differs_is_uploaded_and_what_is_gone_is_named_and_deleted() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    let first = [("index.html", "a"), ("app.js", "b"), ("old.js", "c")];
    let plan = deploy(&world, vec![folder("", &first)]);
    assert_eq!(
        keys(&plan.synced[0].added),
        ["index.html", "app.js", "old.js"]
    );
    assert_eq!(world.cloud.keys(SITE), ["app.js", "index.html", "old.js"]);

    let next = [("index.html", "a"), ("app.js", "other"), ("new.js", "d")];
    let plan = deploy(&world, vec![folder("", &next)]);
    assert_eq!(plan.course, Course::Settings, "the stack is as it was");
    let synced = &plan.synced[0];
    assert_eq!(
        (keys(&synced.added), keys(&synced.changed)),
        (vec!["new.js"], vec!["app.js"])
    );
    assert_eq!(
        (synced.deleted.as_slice(), synced.same),
        (&["old.js".to_owned()][..], 1)
    );
    assert_eq!(world.cloud.keys(SITE), ["app.js", "index.html", "new.js"]);

    let plan = deploy(&world, vec![folder("", &next)]);
    assert!(plan.is_empty() && plan.synced[0].is_empty());

    let mut other = folder("", &next);
    other.files[0].served = served("text/plain");
    let plan = deploy(&world, vec![other.clone()]);
    let changed: Vec<_> = plan.synced[0]
        .changed
        .iter()
        .map(|file| (file.key.as_str(), file.served_anew))
        .collect();
    assert_eq!(changed, [("index.html", true)]);
    other.files[0].served.insert("ACL".into(), "private".into());
    let plan = deploy(&world, vec![other]);
    assert_eq!(
        keys(&plan.synced[0].changed),
        ["index.html"],
        "who may read it is other"
    );
}

#[test]
fn a_folder_does_not_delete_what_another_put_or_what_it_is_not_asked_to() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    let both = || {
        vec![
            folder("", &[("index.html", "a")]),
            folder("app/", &[("app/x.js", "b")]),
        ]
    };
    deploy(&world, both());
    let plan = deploy(&world, both());
    assert!(plan.is_empty(), "{:?}", plan.synced);
    let mut kept = folder("", &[("other.html", "a")]);
    kept.deletes = false;
    let plan = deploy(&world, vec![kept]);
    assert!(plan.synced[0].deleted.is_empty());
    assert_eq!(
        world.cloud.keys(SITE),
        ["app/x.js", "index.html", "other.html"]
    );
}

#[test]
fn a_file_for_another_stage_is_neither_uploaded_nor_deleted() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    deploy(&world, vec![folder("", &[("a", "1"), ("robots.txt", "2")])]);
    let mut next = folder("", &[("a", "1"), ("robots.txt", "3"), ("new.txt", "4")]);
    for file in &mut next.files[1..] {
        file.path = None;
    }
    let plan = deploy(&world, vec![next]);
    assert!(plan.synced[0].is_empty(), "{:?}", plan.synced);
}

#[test]
fn a_bucket_that_nobody_makes_is_told_before_anything_is_done() {
    let world = World::new();
    let desired = desired(&world, vec![folder("", &[("a", "1")])]);
    let problem = world.plan(&desired).expect_err("no bucket");
    assert!(matches!(problem, DeployProblem::Cloud(_)), "{problem:?}");
    assert_eq!(world.status(), None);
}

#[test]
fn a_plan_is_refused_when_the_files_are_others_now() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    let planned = desired(&world, vec![folder("", &[("a", "1")])]);
    let (session, plan) = world.plan(&planned).expect("a plan");
    let now = Desired {
        synced: vec![folder("", &[("a", "2")])],
        ..planned
    };
    let problem = world.apply(&session, &now, &plan).expect_err("moved on");
    let DeployProblem::Moved(moved) = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(
        moved,
        [Moved::Files {
            folder: "dist".into()
        }]
    );
    assert!(world.cloud.keys(SITE).is_empty());
}

/// Wherever a call goes wrong, the next deploy brings the rest, and nothing of the bucket is taken for a release.
#[test]
fn an_upload_that_breaks_off_is_taken_up_again_and_loses_nothing() {
    for fault in [Fault::Unsent, Fault::Lost, Fault::Broken] {
        let world = World::new();
        world.cloud.make_bucket(SITE);
        deploy(&world, vec![folder("", &[("a", "1"), ("gone", "2")])]);
        let next = || vec![folder("", &[("a", "other"), ("b", "3")])];
        let wanted = desired(&world, next());
        let (session, plan) = world.plan(&wanted).expect("a plan");
        world.cloud.fail_next("s3:PutObject (s3Sync)", fault);
        world
            .apply(&session, &wanted, &plan)
            .expect_err("it breaks off");
        assert!(
            world.cloud.keys(SITE).contains(&"gone".to_owned()),
            "{fault:?}"
        );
        drop(session);
        deploy(&world, next());
        assert_eq!(world.cloud.keys(SITE), ["a", "b"], "{fault:?}");
    }
}

#[test]
fn a_process_that_died_in_between_leaves_the_files_and_the_next_deploy_goes_on() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    let wanted = desired(&world, vec![folder("assets/", &[("assets/a", "1")])]);
    let (session, plan) = world.plan(&wanted).expect("a plan");
    wait(pilothouse_deploy::apply(&session, &wanted, &plan)).expect("it stands");
    // It is never closed, as when it is killed.
    drop(session);
    assert_eq!(world.open_operations(), 1);
    let plan = deploy(&world, vec![folder("assets/", &[("assets/a", "1")])]);
    assert!(plan.is_empty());
    assert_eq!(world.cloud.keys(SITE), ["assets/a"]);
    assert_eq!(world.open_operations(), 0);
}

#[test]
fn asked_to_stop_it_says_how_far_it_came_and_deletes_nothing() {
    let mut world = World::new();
    world.cloud.make_bucket(SITE);
    deploy(&world, vec![folder("", &[("gone", "1")])]);
    world.stop_when(|progress| {
        u32::from(matches!(progress, Progress::Note(note) if note.contains("app/")))
    });
    let folders = vec![folder("app/", &[("app/a", "2")]), folder("", &[("b", "3")])];
    let wanted = desired(&world, folders);
    let (session, plan) = world.plan(&wanted).expect("a plan");
    let problem = world.apply(&session, &wanted, &plan).expect_err("stopped");
    let DeployProblem::Cancelled(Stopped::SomeFiles { sent, all, .. }) = problem else {
        panic!("{problem:?}");
    };
    assert_eq!((sent, all), (0, 1));
    assert_eq!(world.cloud.keys(SITE), ["app/a", "gone"]);
}

#[test]
fn tags_are_added_to_those_of_the_bucket() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    let owned = BTreeMap::from([("own".to_owned(), "1".to_owned())]);
    wait(world.cloud.services().files.set_tags(SITE, "", &owned)).expect("an answer");
    let mut tagged = folder("", &[("a", "1")]);
    tagged.tags = BTreeMap::from([("team".to_owned(), "web".to_owned())]);
    deploy(&world, vec![tagged.clone()]);
    let tags: Vec<_> = world.cloud.tags_of(SITE).into_iter().collect();
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(tags, [pair("own", "1"), pair("team", "web")]);
    assert!(deploy(&world, vec![tagged]).is_empty());
}

#[test]
fn a_removal_deletes_the_files_that_it_names_and_no_others() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    deploy(
        &world,
        vec![folder("app/", &[("app/a", "1"), ("app/b", "2")])],
    );
    let foreign = FileUpload {
        key: "photos/1".into(),
        path: String::new(),
        digest: Digest::of(b""),
        served: Served::new(),
    };
    wait(world.cloud.services().files.send(SITE, "", &foreign)).expect("an answer");
    let session = world.begin(Verb::Remove).expect("a session");
    let planned = wait(plan_removal(&session, None, "serverless/shop/dev"));
    let mut planned = planned.expect("an answer").expect("a stack");
    let places = [(DesiredBucket::Name(SITE.into()), "app/".to_owned())];
    planned.synced = wait(files_of(&session, &planned.stack, &places)).expect("an answer");
    assert_eq!(planned.synced[0].keys, ["app/a", "app/b"]);
    wait(remove(&session, &planned)).expect("it goes");
    assert_eq!(world.cloud.keys(SITE), ["photos/1"]);
}

#[test]
fn what_no_deploy_put_there_is_told_apart_from_what_one_did() {
    let world = World::new();
    world.cloud.make_bucket(SITE);
    deploy(&world, vec![folder("", &[("a", "1"), ("old", "2")])]);
    world.cloud.put_by_others(SITE, "photo.jpg");
    let wanted = desired(&world, vec![folder("", &[("a", "1")])]);
    let (_, plan) = world.plan(&wanted).expect("a plan");
    assert_eq!(plan.synced[0].deleted, ["old", "photo.jpg"]);
    assert_eq!(plan.synced[0].foreign, ["photo.jpg"]);
}
