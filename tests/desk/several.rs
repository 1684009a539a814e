//! A folder of two services, as the window works on it: found, planned, deployed, asked about, and taken away.

use std::sync::{Arc, Mutex};

use pilothouse_desk::wire::{
    CourseKind, Ended, MemberState, Place, SeveralPlan, SeveralRemoval, Standing, Step, Target,
    TaskEvent, TaskResult, TaskView,
};

use crate::World;

fn two(world: &World) -> Place {
    let project = world.desk.open_example("two-services");
    Place {
        project: project.expect("an example"),
        stage: None,
        target: Target::Sandbox,
    }
}

fn file(world: &World, name: &str) -> std::path::PathBuf {
    let folder = world.place.path().join("pilothouse-examples/two-services");
    folder.join(name)
}

fn change(world: &World, name: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(file(world, name)).expect("a file of the example");
    assert!(text.contains(from), "{from} is not in {text}");
    std::fs::write(file(world, name), text.replace(from, to)).expect("a file of the example");
}

async fn planned(world: &World, place: &Place) -> SeveralPlan {
    match world.done(world.desk.plan_several(place.clone())).await {
        TaskResult::SeveralPlan { plan } => *plan,
        other => panic!("{other:#?}"),
    }
}

async fn doomed(world: &World, place: &Place) -> SeveralRemoval {
    let looked = world.desk.plan_removal_of_several(place.clone());
    match world.done(looked).await {
        TaskResult::SeveralRemoval { removal } => *removal,
        other => panic!("{other:#?}"),
    }
}

/// What became of each service, in the order in which it was told.
fn fates(events: &[TaskEvent]) -> Vec<(&str, MemberState)> {
    let told = events.iter().filter_map(|event| match &event.step {
        Step::Service { service, state, .. } => Some((service.as_str(), *state)),
        _ => None,
    });
    told.filter(|(_, state)| {
        matches!(
            state,
            MemberState::Done | MemberState::Failed | MemberState::Held
        )
    })
    .collect()
}

/// Follows a task to its end and gives the same answer to whatever it asks.
async fn answering(world: &World, task: TaskView, goes_on: bool) -> Vec<TaskEvent> {
    let desk = Arc::clone(&world.desk);
    let events = Mutex::new(Vec::new());
    let watched = world.desk.watch_task(&task.id, 0, |batch| {
        for event in &batch.events {
            if let Step::Question { question, .. } = &event.step {
                desk.answer(question, goes_on, "").expect("it waits");
            }
        }
        events.lock().expect("a lock").extend(batch.events);
        true
    });
    watched.await.expect("the task is known");
    events.into_inner().expect("a lock")
}

async fn standings(world: &World, place: &Place) -> Vec<Standing> {
    let all = world.desk.several_standing(place).await.expect("an answer");
    let one = |one: pilothouse_desk::wire::MemberStanding| one.deployed.expect("known").standing;
    all.into_iter().map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_services_are_planned_deployed_and_removed_together() {
    let world = World::new();
    let place = two(&world);
    let none = world.desk.project(&place).expect_err("it is no service");
    assert_eq!(none.code, "SEVERAL_SERVICES");

    let view = world.desk.several(&place).expect("its services");
    let names: Vec<(&str, u32)> = view
        .services
        .iter()
        .map(|one| (one.name.as_str(), one.level))
        .collect();
    assert_eq!(names, [("orders", 0), ("shop", 1)]);
    let shop = view.services.last().expect("the shop");
    let need = shop.needs.first().expect("it waits");
    assert_eq!(
        (need.service.as_str(), need.why.as_str()),
        ("orders", "reads QueueUrl")
    );
    assert!(shop.problem.is_none(), "{shop:?}");
    assert_eq!(
        standings(&world, &place).await,
        [Standing::Absent, Standing::Absent]
    );

    let plan = planned(&world, &place).await;
    let [orders, shop] = plan.services.as_slice() else {
        panic!("two services: {plan:#?}");
    };
    let shown = orders.plan.as_ref().expect("a plan");
    assert_eq!(shown.course, CourseKind::Create);
    assert!(shown.rows.iter().any(|row| row.origin.is_some()));
    assert_eq!(shop.known_when.as_deref(), Some("orders"));

    let task = world.desk.deploy_several(&plan.id, &plan.token);
    let events = world.whole(task.expect("a task")).await;
    assert_eq!(
        fates(&events),
        [("orders", MemberState::Done), ("shop", MemberState::Done)]
    );
    let again = world.desk.deploy_several(&plan.id, &plan.token);
    assert_eq!(again.expect_err("once").code, "PLAN_GONE");
    assert_eq!(
        standings(&world, &place).await,
        [Standing::Live, Standing::Live]
    );

    // A service that is opened by itself is given what the others give it.
    let own = Place {
        project: world.desk.open_service(&place, "shop").expect("the shop"),
        ..place.clone()
    };
    let project = world.desk.project(&own).expect("a service");
    assert_eq!(
        project.within.map(|around| around.project),
        Some(place.project.clone())
    );
    assert_eq!(world.plan(&own).await.course, CourseKind::Nothing);

    let removal = doomed(&world, &place).await;
    let names: Vec<&str> = removal
        .services
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["shop", "orders"]);
    let queue = removal.services.last().expect("the orders");
    assert!(
        queue.holds_data.iter().any(|id| id == "Queue"),
        "{queue:#?}"
    );
    let wrong = world
        .desk
        .remove_several(&removal.id, &removal.token, "prod", false);
    assert_eq!(wrong.expect_err("another name").code, "NAME_MISTYPED");
    let task = world
        .desk
        .remove_several(&removal.id, &removal.token, "dev", false);
    let events = world.whole(task.expect("a task")).await;
    assert_eq!(
        fates(&events),
        [("shop", MemberState::Done), ("orders", MemberState::Done)]
    );
    assert_eq!(
        standings(&world, &place).await,
        [Standing::Absent, Standing::Absent]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_shown_is_asked_about_and_a_broken_service_keeps_no_other_from_being_shown() {
    let world = World::new();
    let place = two(&world);
    let extra = "    Extra: {Type: AWS::SNS::Topic}\n    Queue:\n";
    change(&world, "orders/serverless.yml", "    Queue:\n", extra);
    let plan = planned(&world, &place).await;
    let task = world.desk.deploy_several(&plan.id, &plan.token);
    world.whole(task.expect("a task")).await;

    // Each time the file loses the topic after its plan was shown.
    for (goes_on, state) in [(false, MemberState::Failed), (true, MemberState::Done)] {
        let plan = planned(&world, &place).await;
        change(&world, "orders/serverless.yml", extra, "    Queue:\n");
        let task = world.desk.deploy_several(&plan.id, &plan.token);
        let events = answering(&world, task.expect("a task"), goes_on).await;
        let asked = events.iter().find_map(|event| match &event.step {
            Step::Question { service, plan, .. } => Some((service.as_str(), plan.counts.removed)),
            _ => None,
        });
        assert_eq!(asked, Some(("orders", 1)), "{events:#?}");
        assert_eq!(
            fates(&events).first(),
            Some(&("orders", state)),
            "{events:#?}"
        );
        let well = events.last().is_some_and(|event| {
            matches!(&event.step, Step::Ended { ended } if matches!(**ended, Ended::Done { .. }))
        });
        assert_eq!(well, goes_on);
        if !goes_on {
            change(&world, "orders/serverless.yml", "    Queue:\n", extra);
        }
    }

    change(
        &world,
        "orders/serverless.yml",
        "functions:",
        "functions: [",
    );
    let view = world.desk.several(&place).expect("its services");
    let broken: Vec<bool> = view
        .services
        .iter()
        .map(|one| one.problem.is_some())
        .collect();
    assert_eq!(broken, [true, false]);
    let plan = planned(&world, &place).await;
    let first = plan.services.first().expect("the orders");
    assert!(first.problem.is_some(), "{first:#?}");
    let refused = world.desk.deploy_several(&plan.id, &plan.token);
    assert_eq!(
        refused.expect_err("not all are planned").code,
        "SERVICES_MISSING"
    );
}
