//! A whole deploy by command, on the sandbox: what a person does in a day, and what goes wrong on it.

mod beside;
mod bundled;
mod examples;
mod foreign;
mod free;
mod interrupt;
mod kill;
mod layers;
mod nested;
mod outage;
mod outputs;
mod packaged;
mod packages;
mod peer;
mod rest;
mod several;
mod synced;
mod takeover;
mod templates;
mod world;

use std::process::{Command, Stdio};

use serde_json::json;
use world::{World, handler, rows, said};

#[test]
fn a_first_deploy_stands_answers_is_told_and_is_removed() {
    let world = World::with_example("hello-world");
    let said = world.deploy(&[]).well();
    assert!(said.out.contains("11 added"), "{}", said.out);
    assert!(said.errors.contains("CREATE_COMPLETE"), "{}", said.errors);
    assert!(
        said.out.contains("GET    http://127.0.0.1:"),
        "{}",
        said.out
    );
    let body: serde_json::Value = serde_json::from_str(&world.hello()).expect("JSON");
    assert_eq!(
        body["message"],
        "Go Serverless v1.0! Your function executed successfully!"
    );

    let called = world
        .run(&[
            "invoke",
            "hello",
            "--sandbox",
            "--json",
            "--data",
            r#"{"a": 1}"#,
        ])
        .well()
        .json();
    let answer = called["answer"]["body"].as_str().expect("a body");
    assert!(answer.contains(r#""input": {"a": 1}"#), "{called:#}");
    assert!(
        !world
            .run(&["logs", "hello", "--sandbox"])
            .well()
            .out
            .is_empty()
    );

    let before = world.activity();
    let again = world.deploy(&[]).well();
    assert!(again.out.starts_with("No changes"), "{}", again.out);
    let after = world.activity();
    assert_eq!(before, after, "what changes nothing leaves no trace");
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["outcome"], "done");
    let command = after[0]["command"].to_string();
    assert!(
        command.starts_with(r#"["pilothouse","deploy","--dir""#),
        "{command}"
    );

    world.run(&["remove", "--sandbox", "--yes"]).well();
    world
        .run(&["info", "--sandbox", "--json"])
        .failed_with("STACK_MISSING");
    let nothing = world.run(&["remove", "--sandbox", "--yes"]).well();
    assert!(nothing.out.contains("nothing to remove"), "{}", nothing.out);
}

#[test]
fn code_goes_straight_to_the_function_and_the_stack_stays_in_agreement() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    world.write("handler.py", &handler("two"));
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    assert_eq!(plan["course"]["kind"], "code", "{plan:#}");
    let said = world.deploy(&[]).well();
    assert!(
        !said.errors.contains("UPDATE_"),
        "the stack was changed:\n{}",
        said.errors
    );
    assert_eq!(world.hello(), "two");
    assert_eq!(world.planned(), []);
    // The next change of the stack brings the same code, not the older one that its template names.
    world.change_service("memorySize: 128", "memorySize: 256");
    world.deploy(&[]).well();
    assert_eq!(world.hello(), "two");
    // And a change back to the first code is seen, although the stack once had it.
    world.write("handler.py", &handler("one"));
    world.deploy(&[]).well();
    assert_eq!(world.hello(), "one");
}

#[test]
fn a_changed_property_is_told_with_its_values_and_a_replacement_as_what_it_is() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    world.change_service("memorySize: 128", "memorySize: 256");
    world.change_service("orders-${sls:stage}", "purchases-${sls:stage}");
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    let rows = rows(&plan);
    assert!(
        rows.contains(&("Orders".into(), "replace".into())),
        "{rows:?}"
    );
    assert!(
        rows.contains(&("HelloLambdaFunction".into(), "modify".into()))
            && rows.contains(&("HelloLambdaPermissionApiGateway".into(), "modify".into())),
        "{rows:?}"
    );
    let text = plan.to_string();
    assert!(
        text.contains(r#"{"path":"Properties.MemorySize","before":"128","after":"256"}"#),
        "{plan:#}"
    );
    assert!(
        text.contains(
            r#"{"path":"Properties.QueueName","before":"orders-dev","after":"purchases-dev"}"#
        ),
        "{plan:#}"
    );
    let said = world.deploy(&[]).well();
    let first = said.out.lines().nth(1).unwrap_or_default();
    assert!(
        first.contains("! replace"),
        "what can hurt comes first:\n{}",
        said.out
    );
    assert_eq!(world.planned(), []);
}

/// A resource that the local AWS cannot make, because it asks for what another one does not have.
const BROKEN: &str = "    Broken:
      Type: AWS::SQS::Queue
      Properties:
        QueueName:
          Fn::GetAtt: [Orders, NoSuchAttribute]
";

#[test]
fn a_failing_update_tells_its_cause_first_rolls_back_and_gives_the_newest_code_back() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    world.write("handler.py", &handler("two"));
    world.deploy(&[]).well();
    let good = std::fs::read_to_string(world.project().join("serverless.yml")).expect("a service");
    world.write("serverless.yml", &format!("{good}{BROKEN}"));
    world.change_service("memorySize: 128", "memorySize: 256");
    let said = world.deploy(&[]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    let told: Vec<&str> = said
        .errors
        .lines()
        .filter(|line| !line.starts_with("  UPDATE"))
        .collect();
    let at = |words: &str| told.iter().position(|line| line.contains(words));
    assert!(
        at("error[DEPLOY_FAILED]: Broken failed").is_some(),
        "{}",
        said.errors
    );
    assert!(
        at("because: Broken (AWS::SQS::Queue): ").is_some(),
        "{}",
        said.errors
    );
    assert!(at("is as it was before").is_some(), "{}", said.errors);
    assert_eq!(
        world.hello(),
        "two",
        "a rollback goes back to what was live"
    );
    assert_eq!(world.activity()[0]["outcome"], "rolled back");
    world.write("serverless.yml", &good);
    assert_eq!(world.planned(), []);
}

#[test]
fn after_a_first_deploy_that_failed_a_second_one_succeeds() {
    let world = World::with_shop();
    let good = world::SHOP;
    world.write("serverless.yml", &format!("{good}{BROKEN}"));
    world.deploy(&["--json"]).failed_with("DEPLOY_FAILED");
    world.write("serverless.yml", good);
    world.deploy(&[]).well();
    assert_eq!(world.hello(), "one");
}

#[test]
fn what_a_failed_first_deploy_left_under_the_name_is_deleted_first() {
    let world = World::with_shop();
    // With a bucket of the user's the stack is made at once, so a failure leaves ROLLBACK_COMPLETE.
    let endpoint = sandbox_url(&world);
    put(&format!("{endpoint}/users-bucket"));
    world.change_service(
        "  memorySize: 128\n",
        "  memorySize: 128\n  deploymentBucket: users-bucket\n",
    );
    let good = std::fs::read_to_string(world.project().join("serverless.yml")).expect("a service");
    world.write("serverless.yml", &format!("{good}{BROKEN}"));
    let said = world.deploy(&[]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.errors.contains("holds nothing"), "{}", said.errors);
    world.write("serverless.yml", &good);
    let said = world.deploy(&[]).well();
    assert!(said.out.contains("had failed"), "{}", said.out);
    assert_eq!(world.hello(), "one");
    // The user's bucket outlives the stack; the releases in it do not.
    world.run(&["remove", "--sandbox", "--yes"]).well();
    let (status, listing) = world.get(&format!("{endpoint}/users-bucket"));
    assert_eq!(status, 200, "{listing}");
    assert!(!listing.contains("<Key>"), "{listing}");
}

fn sandbox_url(world: &World) -> String {
    world.run(&["sandbox", "up"]).well();
    let status = world.run(&["sandbox", "status", "--json"]).well().json();
    status["running"]["url"].as_str().expect("a url").to_owned()
}

fn put(url: &str) {
    let ask = "import sys,urllib.request as u
u.urlopen(u.Request(sys.argv[1],method='PUT'),timeout=30).read()";
    let done = Command::new("python3")
        .args(["-c", ask, url])
        .status()
        .expect("python3 starts");
    assert!(done.success(), "{url}");
}

#[test]
fn while_one_works_on_a_stack_another_is_refused_and_told_what_the_first_does() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    let lock = world
        .home()
        .join("locks/sandbox-000000000000-us-east-1-shop-dev");
    let hold = "import fcntl,sys
f=open(sys.argv[1],'r+'); fcntl.flock(f,fcntl.LOCK_EX); print('held',flush=True); sys.stdin.read()";
    let mut holder = Command::new("python3")
        .args(["-c", hold])
        .arg(&lock)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut line = String::new();
    std::io::BufRead::read_line(
        &mut std::io::BufReader::new(holder.stdout.as_mut().expect("a pipe")),
        &mut line,
    )
    .expect("a line");
    let refused = world.deploy(&["--json"]).failed_with("STACK_BUSY");
    assert_eq!(
        refused.error()["error"]["detail"],
        "pilothouse deploy",
        "{}",
        refused.errors
    );
    drop(holder.stdin.take());
    holder.wait().expect("it ends");
    world.deploy(&[]).well();
}

#[test]
fn two_deploys_at_once_leave_one_stack_and_never_a_half() {
    let world = World::with_shop();
    sandbox_url(&world);
    let start = || {
        let mut command = world.command(&["deploy", "--sandbox", "--yes", "--json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the command starts")
    };
    let both = [start(), start()];
    let said = both.map(|child| said(child.wait_with_output().expect("it ends")));
    let (well, refused): (Vec<_>, Vec<_>) = said.iter().partition(|one| one.code == Some(0));
    assert!(!well.is_empty(), "{}", said[0].errors);
    for one in refused {
        assert_eq!(one.error()["error"]["code"], "STACK_BUSY", "{}", one.errors);
    }
    assert_eq!(world.planned(), []);
    assert_eq!(world.hello(), "one");
}

#[test]
fn a_stale_plan_is_refused_by_name_and_a_fresh_one_is_executed_once() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    world.change_service("memorySize: 128", "memorySize: 256");
    world
        .run(&["plan", "--sandbox", "--out", "plan.json"])
        .well();
    let apply = ["apply", "plan.json", "--yes", "--json"];

    world.write("handler.py", &handler("two"));
    let refused = world.run(&apply).failed_with("PLAN_STALE");
    let why = refused.error()["error"]["detail"].to_string();
    assert!(why.contains("handler.py in shop.zip has changed"), "{why}");
    world.write("handler.py", &handler("one"));

    world.change_service("memorySize: 256", "memorySize: 512");
    let refused = world.run(&apply).failed_with("PLAN_STALE");
    let why = refused.error()["error"]["detail"].to_string();
    assert!(why.contains("another template"), "{why}");
    world.change_service("memorySize: 512", "memorySize: 256");

    let plan = std::fs::read_to_string(world.project().join("plan.json")).expect("a plan");
    let elsewhere = plan.replace(
        r#""account": "000000000000""#,
        r#""account": "111111111111""#,
    );
    assert_ne!(plan, elsewhere);
    world.write("elsewhere.json", &elsewhere);
    let refused = world
        .run(&["apply", "elsewhere.json", "--yes", "--json"])
        .failed_with("PLAN_STALE");
    let why = refused.error()["error"]["detail"].to_string();
    assert!(why.contains("the account is 000000000000"), "{why}");

    world.run(&apply).well();
    assert_eq!(world.planned(), []);
    let refused = world.run(&apply).failed_with("PLAN_STALE");
    let why = refused.error()["error"]["detail"].to_string();
    assert!(
        why.contains("the stack shop-dev has changed since"),
        "{why}"
    );
}

#[test]
fn a_first_plan_can_be_saved_and_executed_and_one_that_is_only_looked_at_leaves_nothing() {
    let world = World::with_shop();
    let first = world.planned();
    assert!(
        first.contains(&("HelloLambdaFunction".into(), "add".into())),
        "{first:?}"
    );
    world
        .run(&["info", "--sandbox", "--json"])
        .failed_with("STACK_MISSING");
    world
        .run(&["plan", "--sandbox", "--out", "plan.json"])
        .well();
    world.run(&["apply", "plan.json", "--yes"]).well();
    assert_eq!(world.hello(), "one");
}

#[test]
fn a_plan_is_refused_when_the_sandbox_lost_everything_and_a_deploy_begins_anew() {
    let world = World::with_shop();
    world.deploy(&[]).well();
    world.change_service("memorySize: 128", "memorySize: 256");
    world
        .run(&["plan", "--sandbox", "--out", "plan.json"])
        .well();
    world.run(&["sandbox", "reset"]).well();
    let refused = world
        .run(&["apply", "plan.json", "--yes", "--json"])
        .failed_with("PLAN_STALE");
    let why = refused.error()["error"]["detail"].to_string();
    assert!(why.contains("the stack shop-dev has changed"), "{why}");
    world.deploy(&[]).well();
    assert_eq!(world.hello(), "one");
}

#[test]
fn without_yes_and_without_a_terminal_nothing_is_done() {
    let world = World::with_shop();
    world.run(&["deploy", "--sandbox", "--json"]);
    let said = world.run(&["deploy", "--sandbox"]);
    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("NOT_CONFIRMED"), "{}", said.errors);
    world
        .run(&["info", "--sandbox", "--json"])
        .failed_with("STACK_MISSING");
}

#[test]
fn what_is_not_simulated_is_left_out_here_and_named_in_the_plan() {
    let world = World::with_shop();
    let service =
        std::fs::read_to_string(world.project().join("serverless.yml")).expect("a service");
    let more = "    Address:
      Type: AWS::EC2::EIP
    Gateway:
      Type: AWS::EC2::NatGateway
      Properties:
        AllocationId: {Fn::GetAtt: [Address, AllocationId]}
        SubnetId: subnet-1
";
    world.write("serverless.yml", &format!("{service}{more}"));
    let plan = world.run(&["plan", "--sandbox", "--json"]).well().json();
    let ids: Vec<&str> = plan["leftOut"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|left| left["logicalId"].as_str())
        .collect();
    assert_eq!(ids, ["Address", "Gateway"]);
    let said = world.deploy(&[]).well();
    assert!(
        said.out.contains("Not simulated here, and left out:"),
        "{}",
        said.out
    );
    assert_eq!(world.planned(), []);
}

#[test]
fn a_function_that_fails_makes_the_command_fail_with_its_answer_printed() {
    let world = World::with_shop();
    world.write(
        "handler.py",
        "def hello(event, context):\n    raise ValueError('no tea')\n",
    );
    world.deploy(&[]).well();
    let said = world.run(&["invoke", "hello", "--sandbox"]);
    assert_eq!(said.code, Some(1), "{}", said.errors);
    assert_eq!(said.json()["errorMessage"], json!("no tea"), "{}", said.out);
    assert!(said.errors.contains("FUNCTION_FAILED"), "{}", said.errors);
    let missing = world
        .run(&["invoke", "nobody", "--sandbox", "--json"])
        .failed_with("FUNCTION_MISSING");
    assert!(
        missing.errors.contains("It has: hello"),
        "{}",
        missing.errors
    );
}
