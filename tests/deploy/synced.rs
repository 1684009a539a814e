//! Folders that go to buckets, as serverless-s3-sync brings them, in the local AWS.

use serde_json::{Value, json};

use crate::world::World;

const SERVICE: &str = "service: site
provider: {name: aws, runtime: python3.12}
plugins: [serverless-s3-sync]
package: {patterns: ['!dist/**', '!docs/**']}
custom:
  s3Sync:
    - bucketNameKey: SiteBucket
      localDir: dist
      defaultContentType: text/html
      params:
        - '*.js': {CacheControl: 'public, max-age=31536000'}
        - robots.txt: {OnlyForEnv: prod}
      bucketTags: {team: web}
    - bucketName: the-docs
      bucketPrefix: v1/
      localDir: docs
functions:
  hello: {handler: handler.hello}
resources:
  Resources:
    Site: {Type: 'AWS::S3::Bucket'}
    Docs: {Type: 'AWS::S3::Bucket', Properties: {BucketName: the-docs}}
  Outputs:
    SiteBucket: {Value: {Ref: Site}}
";

fn begun() -> World {
    let world = World::new();
    world.write("serverless.yml", SERVICE);
    world.write("handler.py", &crate::world::handler("one"));
    world.write("dist/index.html", "<p>one</p>");
    world.write("dist/app.1.js", "one()");
    world.write("dist/about", "<p>about</p>");
    world.write("dist/robots.txt", "no");
    world.write("dist/.env", "SECRET=1");
    world.write("docs/a b/ä+ö.html", "<p>docs</p>");
    world
}

fn keys(world: &World, aws: &str, bucket: &str) -> Vec<String> {
    let said = world.boto(aws, "s3", "list_objects_v2", &json!({ "Bucket": bucket }));
    let objects = said["Contents"].as_array().into_iter().flatten();
    let keys = objects.filter_map(|one| one["Key"].as_str());
    keys.map(str::to_owned).collect()
}

fn head(world: &World, aws: &str, bucket: &str, key: &str) -> Value {
    let asked = json!({ "Bucket": bucket, "Key": key });
    world.boto(aws, "s3", "head_object", &asked)
}

#[test]
fn files_go_to_their_buckets_and_only_what_differs_is_touched() {
    let world = begun();
    let said = world.deploy(&[]).well();
    let told = format!("{}{}", said.out, said.errors);
    assert!(
        told.contains("dist/.env"),
        "what is left out is told: {told}"
    );
    let info = world.run(&["info", "--sandbox", "--json"]).well().json();
    let site = info["outputs"]["SiteBucket"]
        .as_str()
        .expect("a bucket")
        .to_owned();
    let aws = crate::sandbox_url(&world);
    assert_eq!(
        keys(&world, &aws, &site),
        ["about", "app.1.js", "index.html"]
    );
    assert_eq!(keys(&world, &aws, "the-docs"), ["v1/a b/ä+ö.html"]);
    let script = head(&world, &aws, &site, "app.1.js");
    assert_eq!(script["ContentType"], "application/javascript");
    assert_eq!(script["CacheControl"], "public, max-age=31536000");
    assert_eq!(
        head(&world, &aws, &site, "about")["ContentType"],
        "text/html"
    );
    let tags = world.boto(&aws, "s3", "get_bucket_tagging", &json!({ "Bucket": site }));
    assert!(tags["TagSet"].to_string().contains("web"), "{tags}");

    let again = world.run(&["plan", "--sandbox"]).well();
    assert!(again.out.contains("No changes"), "{}", again.out);

    let before = head(&world, &aws, &site, "index.html")["LastModified"].clone();
    let project = world.project();
    std::fs::remove_file(project.join("dist/app.1.js")).expect("removed");
    world.write("dist/app.2.js", "two()");
    world.write("dist/about", "<p>more</p>");
    let planned = world.run(&["plan", "--sandbox"]).well();
    for line in [
        "- delete      app.1.js",
        "~ change      about",
        "+ add         app.2.js",
    ] {
        assert!(planned.out.contains(line), "{line}: {}", planned.out);
    }
    assert!(
        keys(&world, &aws, &site).contains(&"app.1.js".to_owned()),
        "a plan does nothing"
    );
    world.deploy(&[]).well();
    assert_eq!(
        keys(&world, &aws, &site),
        ["about", "app.2.js", "index.html"]
    );
    assert_eq!(
        head(&world, &aws, &site, "index.html")["LastModified"],
        before
    );

    // A file that another tool put there with the same bytes stays as it is.
    let put =
        json!({ "Bucket": site, "Key": "same.txt", "Body": "x", "ContentType": "text/plain" });
    world.boto(&aws, "s3", "put_object", &put);
    world.write("dist/same.txt", "x");
    let planned = world.run(&["plan", "--sandbox"]).well();
    assert!(planned.out.contains("No changes"), "{}", planned.out);
}

#[test]
fn files_stay_as_they_are_when_that_is_asked_for_this_once() {
    let world = begun();
    let said = world.deploy(&["--no-sync"]).well();
    let told = format!("{}{}", said.out, said.errors);
    let words = "Files are left as they are in their buckets, this once: dist, docs";
    assert!(told.contains(words), "{told}");
    let aws = crate::sandbox_url(&world);
    assert_eq!(keys(&world, &aws, "the-docs"), Vec::<String>::new());
    // The plugin's own word for it.
    let again = world.deploy(&["--nos3sync"]).well();
    assert!(again.out.contains("this once"), "{}", again.out);
    assert_eq!(keys(&world, &aws, "the-docs"), Vec::<String>::new());
    world.deploy(&[]).well();
    assert_eq!(keys(&world, &aws, "the-docs"), ["v1/a b/ä+ö.html"]);
}

#[test]
fn a_folder_that_nobody_filled_empties_no_bucket_and_a_removal_takes_the_files_first() {
    let world = begun();
    world.deploy(&[]).well();
    let aws = crate::sandbox_url(&world);
    let docs = world.project().join("docs");
    std::fs::rename(&docs, world.project().join("elsewhere")).expect("moved");
    let said = world.run(&["deploy", "--sandbox", "--yes", "--json"]);
    said.failed_with("PACKAGE_MISSING");
    assert_eq!(keys(&world, &aws, "the-docs"), ["v1/a b/ä+ö.html"]);

    let shown = world.run(&["remove", "--sandbox", "--yes"]).well();
    assert!(
        shown.out.contains("1 file in the-docs/v1/"),
        "{}",
        shown.out
    );
    let said = world.boto(&aws, "s3", "list_buckets", &json!({}));
    assert_eq!(said["Buckets"], json!([]));
}

/// With the process killed at every point of the journal: the next deploy brings the rest, and what is served meanwhile
/// is never less than what both had.
#[test]
fn an_upload_killed_at_any_point_is_completed_by_the_next() {
    let world = begun();
    world.deploy(&[]).well();
    let info = world.run(&["info", "--sandbox", "--json"]).well().json();
    let site = info["outputs"]["SiteBucket"].as_str().expect("a bucket");
    let aws = crate::sandbox_url(&world);
    let (project, mut last) = (world.project(), "dist/app.1.js".to_owned());
    let points = crate::kill::matrix(
        &world,
        &["deploy", "--sandbox", "--yes"],
        |point| {
            std::fs::remove_file(project.join(&last)).expect("removed");
            last = format!("dist/at.{point}.js");
            world.write(&last, "new()");
            world.write("dist/index.html", &format!("<p>{point}</p>"));
        },
        |point| {
            assert!(keys(&world, &aws, site).contains(&"about".to_owned()));
            world.deploy(&[]).well();
            let script = format!("at.{point}.js");
            assert_eq!(keys(&world, &aws, site), ["about", &script, "index.html"]);
        },
    );
    assert!(points >= 6, "{points}");
}
