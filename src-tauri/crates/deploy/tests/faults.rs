//! The road on a cloud that fails: each call of an operation goes wrong in each way, one at a time. Whatever it
//! was, the next command brings the stack to where it should be, and nothing was done twice.

mod world;

use pilothouse_deploy::DeployProblem;
use pilothouse_effects::CloudProblem;
use pilothouse_model::{Digest, Outcome};
use pilothouse_testkit::Fault;
use world::{SHOP, Shop, World};

const FAULTS: [Fault; 5] = [
    Fault::Lost,
    Fault::Unsent,
    Fault::Throttled,
    Fault::Expired,
    Fault::Broken,
];

/// How an operation is left by whoever does it.
#[derive(Debug, Clone, Copy)]
enum Process {
    /// It closes what it began.
    Lives,
    /// It dies with the fault.
    Dies,
}

/// Runs one operation with each of its calls failing in each way; answers how many runs there were.
fn matrix(before: impl Fn(&World), shop: Shop, after: impl Fn(&World, &str)) -> u32 {
    let mut runs = 0;
    for process in [Process::Lives, Process::Dies] {
        for fault in FAULTS {
            for number in 1.. {
                let world = World::new();
                before(&world);
                world.cloud.fail_call(number, fault);
                let answer = match process {
                    Process::Lives => world.deploy(shop),
                    Process::Dies => world.deploy_unclosed(shop),
                };
                if world.cloud.calls() < number {
                    break;
                }
                runs += 1;
                let at = format!("call {number}, {fault:?}, {process:?}, {answer:?}");
                if answer.is_ok() {
                    assert_eq!(world.code(), Some(Digest::of(shop.code.as_bytes())), "{at}");
                }
                world.cloud.fail_call(u32::MAX, fault);
                let healed = world.deploy(shop);
                assert!(healed.is_ok(), "{at}: then {healed:?}");
                assert_eq!(world.code(), Some(Digest::of(shop.code.as_bytes())), "{at}");
                assert_eq!(world.cloud.most_executions(), 1, "{at}");
                assert_eq!(world.open_operations(), 0, "{at}");
                after(&world, &at);
            }
        }
    }
    runs
}

#[test]
fn a_first_deploy_heals_after_any_fault_of_any_call() {
    let runs = matrix(
        |_| {},
        SHOP,
        |world, at| {
            let releases = world.releases();
            assert_eq!(
                releases.len(),
                1,
                "a release that never stood is left: {at}"
            );
        },
    );
    // Some twenty calls, five ways, two kinds of process.
    assert!(runs >= 180, "{runs}");
}

#[test]
fn a_change_of_the_stack_heals_after_any_fault_of_any_call() {
    let runs = matrix(
        |world| {
            world.deploy(SHOP).expect("it stands");
        },
        Shop {
            memory: 256,
            code: "two",
            ..SHOP
        },
        |_, _| {},
    );
    assert!(runs >= 150, "{runs}");
}

#[test]
fn a_direct_change_of_code_heals_after_any_fault_of_any_call() {
    let runs = matrix(
        |world| {
            world.deploy(SHOP).expect("it stands");
        },
        Shop {
            code: "two",
            ..SHOP
        },
        |_, _| {},
    );
    assert!(runs >= 100, "{runs}");
}

#[test]
fn a_removal_heals_after_any_fault_of_any_call() {
    for fault in FAULTS {
        for number in 1.. {
            let world = World::new();
            world.deploy(SHOP).expect("it stands");
            world.cloud.fail_call(number, fault);
            let _ = world.remove(None);
            if world.cloud.calls() < number {
                break;
            }
            world.cloud.fail_call(u32::MAX, fault);
            world.remove(None).expect("removed");
            assert_eq!(world.status(), None, "call {number}, {fault:?}");
            assert_eq!(
                world.cloud.buckets(),
                Vec::<String>::new(),
                "call {number}, {fault:?}"
            );
            assert_eq!(world.open_operations(), 0, "call {number}, {fault:?}");
        }
    }
}

#[test]
fn a_lost_answer_to_the_execution_is_found_in_the_events() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    world
        .cloud
        .fail_next("cloudformation:ExecuteChangeSet", Fault::Lost);
    world
        .deploy(Shop {
            memory: 256,
            ..SHOP
        })
        .expect("it had arrived");
    assert_eq!(world.status().as_deref(), Some("UPDATE_COMPLETE"));
}

#[test]
fn an_execution_that_never_arrived_is_said_to_be_unknown_and_then_found_untouched() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    world
        .cloud
        .fail_next("cloudformation:ExecuteChangeSet", Fault::Unsent);
    let answer = world.deploy(Shop {
        memory: 256,
        ..SHOP
    });
    assert!(
        matches!(
            answer,
            Err(DeployProblem::Cloud(CloudProblem::NoAnswer { .. }))
        ),
        "{answer:?}"
    );
    assert_eq!(world.open_operations(), 1);
    world
        .deploy(Shop {
            memory: 256,
            ..SHOP
        })
        .expect("healed");
    let settled = &world.journal.all()[1];
    let (outcome, words, _) = settled.end.clone().expect("it was settled");
    assert_eq!(outcome, Outcome::Settled);
    assert!(words.contains("the stack not changed"), "{words}");
}

#[test]
fn expired_credentials_are_told_as_what_they_are() {
    let world = World::new();
    world.deploy(SHOP).expect("it stands");
    world
        .cloud
        .fail_next("lambda:UpdateFunctionCode", Fault::Expired);
    let answer = world.deploy(Shop {
        code: "two",
        ..SHOP
    });
    assert!(
        matches!(
            answer,
            Err(DeployProblem::Cloud(CloudProblem::Credentials { .. }))
        ),
        "{answer:?}"
    );
    assert_eq!(world.open_operations(), 0);
}

#[test]
fn credentials_that_expire_while_aws_goes_on_lose_sight_of_it_and_the_next_command_finds_it() {
    let change = Shop {
        memory: 256,
        ..SHOP
    };
    let mut lost = 0;
    for number in 1.. {
        let world = World::new();
        world.deploy(SHOP).expect("it stands");
        world.cloud.fail_call(number, Fault::Expired);
        let answer = world.deploy(change);
        if world.cloud.calls() < number {
            break;
        }
        let Err(DeployProblem::LostSight { stack, problem }) = &answer else {
            continue;
        };
        lost += 1;
        assert_eq!(stack, "shop-dev");
        assert!(
            matches!(problem, CloudProblem::Credentials { .. }),
            "{problem:?}"
        );
        assert_eq!(world.open_operations(), 1, "call {number}");
        world.cloud.fail_call(u32::MAX, Fault::Expired);
        world.deploy(change).expect("signed in again");
        let (outcome, words, _) = world.journal.all()[1].end.clone().expect("settled");
        assert_eq!(outcome, Outcome::Done, "call {number}: {words}");
        assert!(words.contains("ended well"), "{words}");
    }
    assert!(lost >= 2, "{lost}");
}

#[test]
fn a_question_that_fails_a_few_times_does_not_lose_sight_of_a_change() {
    for fault in [Fault::Unsent, Fault::Throttled] {
        let mut world = World::new();
        world.deploy(SHOP).expect("it stands");
        let cloud = world.cloud.clone();
        let mut left = 4;
        // Each time something of the stack is told, the next question fails.
        world.stop_when(move |progress| {
            if matches!(progress, pilothouse_model::Progress::Stack(_)) && left > 0 {
                left -= 1;
                cloud.fail_next("cloudformation:DescribeStackEvents", fault);
            }
            0
        });
        let done = world.deploy(Shop {
            memory: 256,
            ..SHOP
        });
        assert!(done.is_ok(), "{fault:?}: {done:?}");
        assert_eq!(world.open_operations(), 0);
    }
}

#[test]
fn what_a_failed_upload_leaves_is_thrown_away_at_once_or_by_the_next_command() {
    for fault in FAULTS {
        let world = World::new();
        world.deploy(SHOP).expect("it stands");
        world.cloud.fail_next("s3:PutObject", fault);
        let change = Shop {
            memory: 256,
            code: "two",
            ..SHOP
        };
        world.deploy(change).expect_err("the upload fails");
        world
            .deploy(Shop {
                code: "two",
                ..SHOP
            })
            .expect("healed");
        assert_eq!(world.cloud.usable_change_sets(), 0, "{fault:?}");
        assert_eq!(world.releases().len(), 2, "{fault:?}");
        assert_eq!(world.open_operations(), 0, "{fault:?}");
    }
}
