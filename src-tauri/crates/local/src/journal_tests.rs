use std::os::unix::fs::MetadataExt;

use pilothouse_model::Verb;

use super::*;

fn journal(place: &tempfile::TempDir) -> DiskJournal {
    DiskJournal::in_folder(DiskPrivateFolder::new(place.path().join("home")))
}

fn start(id: &str, stack: &str, began: u64) -> OperationStart {
    OperationStart {
        id: id.to_owned(),
        verb: Verb::Deploy,
        place: Place {
            account: "000000000000".to_owned(),
            region: "us-east-1".to_owned(),
            stack: stack.to_owned(),
            sandbox: true,
        },
        principal: "arn:aws:iam::000000000000:root".to_owned(),
        folder: "/a project".to_owned(),
        command: vec![
            "pilothouse".to_owned(),
            "deploy".to_owned(),
            "a \"b\"".to_owned(),
        ],
        at: SystemTime::UNIX_EPOCH + Duration::from_millis(began),
    }
}

fn intent(operation: &str, number: u32) -> Intent {
    Intent {
        operation: operation.to_owned(),
        number,
        call: "cloudformation:ExecuteChangeSet".to_owned(),
        subject: "arn:x".to_owned(),
        token: Some(format!("{operation}-{number}")),
        at: SystemTime::UNIX_EPOCH + Duration::from_millis(5),
    }
}

#[test]
fn what_was_written_is_read_by_another_process_newest_first() {
    let place = tempfile::tempdir().unwrap();
    let writer = journal(&place);
    writer.begin(&start("one", "shop-dev", 1)).unwrap();
    writer.begin(&start("two", "shop-dev", 2)).unwrap();
    writer.begin(&start("three", "other", 3)).unwrap();
    writer.intend(&intent("two", 1)).unwrap();
    writer.intend(&intent("two", 2)).unwrap();
    writer.result("two", 1, "arn:y").unwrap();
    let ended = SystemTime::UNIX_EPOCH + Duration::from_millis(9);
    writer
        .end("one", Outcome::RolledBack, "the role exists", ended)
        .unwrap();

    let reader = journal(&place);
    let found = reader
        .operations(Some(&start("", "shop-dev", 0).place), 10)
        .unwrap();
    let expected = [
        Operation {
            start: start("two", "shop-dev", 2),
            end: None,
            steps: vec![
                Step {
                    intent: intent("two", 1),
                    result: Some("arn:y".to_owned()),
                },
                Step {
                    intent: intent("two", 2),
                    result: None,
                },
            ],
        },
        Operation {
            start: start("one", "shop-dev", 1),
            end: Some((Outcome::RolledBack, "the role exists".to_owned(), ended)),
            steps: Vec::new(),
        },
    ];
    assert_eq!(found, expected);
    assert_eq!(reader.operations(None, 1).unwrap()[0].start.id, "three");
}

#[test]
fn only_the_owner_may_read_the_journal_and_its_side_files() {
    let place = tempfile::tempdir().unwrap();
    let writer = journal(&place);
    writer.begin(&start("one", "shop-dev", 1)).unwrap();
    let folder = place.path().join("home");
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        seen.push(entry.file_name().into_string().unwrap());
    }
    assert!(seen.iter().any(|name| name.ends_with("-wal")), "{seen:?}");
    assert_eq!(std::fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
}

#[test]
fn writes_reach_the_disk_before_a_call_answers() {
    let place = tempfile::tempdir().unwrap();
    let writer = journal(&place);
    let settings = writer
        .with(|connection| {
            Ok((
                connection
                    .pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0))?,
                connection.pragma_query_value(None, "synchronous", |row| row.get::<_, u32>(0))?,
            ))
        })
        .unwrap();
    // 2 is FULL in SQLite's documents.
    assert_eq!(settings, ("wal".to_owned(), 2));
}

#[test]
fn an_intent_without_its_operation_is_refused() {
    let place = tempfile::tempdir().unwrap();
    assert!(journal(&place).intend(&intent("nobody", 1)).is_err());
}

#[test]
fn the_same_event_is_kept_once() {
    let place = tempfile::tempdir().unwrap();
    let writer = journal(&place);
    writer.begin(&start("one", "shop-dev", 1)).unwrap();
    let event = StackEventRecord {
        id: "e1".to_owned(),
        at: SystemTime::UNIX_EPOCH,
        logical_id: "Role".to_owned(),
        resource_type: "AWS::IAM::Role".to_owned(),
        status: "CREATE_FAILED".to_owned(),
        reason: None,
    };
    writer
        .events("one", &[event.clone(), event.clone()])
        .unwrap();
    writer.events("one", &[event]).unwrap();
    let count: u32 = writer
        .with(|connection| connection.query_row("SELECT count(*) FROM event", [], |row| row.get(0)))
        .unwrap();
    assert_eq!(count, 1);
}

#[test]
fn what_was_told_of_a_stack_is_read_back_in_order_and_by_operation() {
    let place = tempfile::tempdir().unwrap();
    let journal = journal(&place);
    journal.begin(&start("a", "shop", 1)).unwrap();
    journal.begin(&start("b", "shop", 2)).unwrap();
    let event = |id: &str, at: u64| StackEventRecord {
        id: id.to_owned(),
        at: SystemTime::UNIX_EPOCH + Duration::from_millis(at),
        logical_id: "Orders".to_owned(),
        resource_type: "AWS::SQS::Queue".to_owned(),
        status: "CREATE_COMPLETE".to_owned(),
        reason: None,
    };
    journal.events("a", &[event("2", 7)]).unwrap();
    journal
        .events("a", &[event("1", 5), event("2", 7)])
        .unwrap();
    journal.events("b", &[event("3", 6)]).unwrap();
    assert_eq!(journal.told("a").unwrap(), [event("1", 5), event("2", 7)]);
    assert_eq!(journal.told("b").unwrap(), [event("3", 6)]);
    assert_eq!(journal.told("c").unwrap(), []);
}
