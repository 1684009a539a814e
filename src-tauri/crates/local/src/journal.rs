//! The journal in SQLite: one file, for its owner alone, written through to the disk before a call answers.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use pilothouse_effects::{
    Intent, Journal, JournalProblem, Operation, OperationStart, Place, PrivateFolder, Step,
};
use pilothouse_model::{Outcome, StackEventRecord};
use rusqlite::{Connection, Row, TransactionBehavior, params};

use crate::DiskPrivateFolder;

/// Its name in the app's folder.
const FILE: &str = "journal.sqlite";
/// How long a writer waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(10);
/// The form of the tables, kept in the file.
const FORM: u32 = 1;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS operation (
    id TEXT PRIMARY KEY, verb TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, stack TEXT NOT NULL,
    sandbox INTEGER NOT NULL, principal TEXT NOT NULL, folder TEXT NOT NULL, command TEXT NOT NULL,
    began INTEGER NOT NULL, outcome TEXT, words TEXT, ended INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS step (
    operation TEXT NOT NULL REFERENCES operation (id), number INTEGER NOT NULL, call TEXT NOT NULL,
    subject TEXT NOT NULL, token TEXT, intended INTEGER NOT NULL, result TEXT,
    PRIMARY KEY (operation, number)
) STRICT;
CREATE TABLE IF NOT EXISTS event (
    operation TEXT NOT NULL REFERENCES operation (id), id TEXT NOT NULL, at INTEGER NOT NULL,
    logical_id TEXT NOT NULL, resource_type TEXT NOT NULL, status TEXT NOT NULL, reason TEXT,
    PRIMARY KEY (operation, id)
) STRICT;
";

/// The journal of this user. The file is made when it is first used.
#[derive(Debug)]
pub struct DiskJournal {
    folder: DiskPrivateFolder,
    connection: Mutex<Option<Connection>>,
    points: crate::abort_points::AbortPoints,
}

impl DiskJournal {
    /// The journal in the app's folder.
    pub fn in_folder(folder: DiskPrivateFolder) -> Self {
        Self {
            folder,
            connection: Mutex::new(None),
            points: crate::abort_points::AbortPoints::from_environment(),
        }
    }

    fn open(&self) -> Result<Connection, JournalProblem> {
        let root = self.folder.folder("").map_err(problem)?;
        let path = PathBuf::from(root).join(FILE);
        // SQLite gives its side files the mode of the main one, so that one is made first.
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(problem)?;
        prepare(&path).map_err(problem)
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, JournalProblem> {
        let mut held = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let connection = match held.as_mut() {
            Some(connection) => connection,
            None => held.insert(self.open()?),
        };
        act(connection).map_err(problem)
    }

    /// A write, with the points around it where a test may have the process killed.
    fn write<T>(
        &self,
        act: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, JournalProblem> {
        self.points.pass();
        let written = self.with(act);
        self.points.pass();
        written
    }
}

fn prepare(path: &std::path::Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let form: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if form == 0 {
        connection.execute_batch(TABLES)?;
        connection.pragma_update(None, "user_version", FORM)?;
    }
    Ok(connection)
}

impl Journal for DiskJournal {
    fn begin(&self, start: &OperationStart) -> Result<(), JournalProblem> {
        let command = serde_json::to_string(&start.command).map_err(problem)?;
        self.write(|connection| {
            connection.execute(
                "INSERT INTO operation (id, verb, account, region, stack, sandbox, principal, folder, command, began)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    start.id, start.verb.to_string(), start.place.account, start.place.region,
                    start.place.stack, start.place.sandbox, start.principal, start.folder, command,
                    millis(start.at),
                ],
            )
        })
        .map(drop)
    }

    fn intend(&self, intent: &Intent) -> Result<(), JournalProblem> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO step (operation, number, call, subject, token, intended)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    intent.operation,
                    intent.number,
                    intent.call,
                    intent.subject,
                    intent.token,
                    millis(intent.at),
                ],
            )
        })
        .map(drop)
    }

    fn result(&self, operation: &str, number: u32, words: &str) -> Result<(), JournalProblem> {
        self.write(|connection| {
            connection.execute(
                "UPDATE step SET result = ?3 WHERE operation = ?1 AND number = ?2",
                params![operation, number, words],
            )
        })
        .map(drop)
    }

    fn events(&self, operation: &str, events: &[StackEventRecord]) -> Result<(), JournalProblem> {
        if events.is_empty() {
            return Ok(());
        }
        self.with(|connection| {
            let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for event in events {
                change.execute(
                    "INSERT OR IGNORE INTO event (operation, id, at, logical_id, resource_type, status, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        operation, event.id, millis(event.at), event.logical_id,
                        event.resource_type, event.status, event.reason,
                    ],
                )?;
            }
            change.commit()
        })
    }

    fn told(&self, operation: &str) -> Result<Vec<StackEventRecord>, JournalProblem> {
        self.with(|connection| {
            let mut events = connection.prepare_cached(
                "SELECT id, at, logical_id, resource_type, status, reason
                 FROM event WHERE operation = ?1 ORDER BY at, rowid",
            )?;
            let found = events.query_map(params![operation], event_of)?;
            found.collect()
        })
    }

    fn end(
        &self,
        operation: &str,
        outcome: Outcome,
        words: &str,
        at: SystemTime,
    ) -> Result<(), JournalProblem> {
        self.write(|connection| {
            connection.execute(
                "UPDATE operation SET outcome = ?2, words = ?3, ended = ?4 WHERE id = ?1",
                params![operation, outcome.to_string(), words, millis(at)],
            )
        })
        .map(drop)
    }

    fn operations(
        &self,
        place: Option<&Place>,
        most: usize,
    ) -> Result<Vec<Operation>, JournalProblem> {
        self.with(|connection| read(connection, place, most))
    }
}

fn read(
    connection: &Connection,
    place: Option<&Place>,
    most: usize,
) -> rusqlite::Result<Vec<Operation>> {
    let mut operations = connection.prepare_cached(
        "SELECT id, verb, account, region, stack, sandbox, principal, folder, command, began, outcome, words, ended
         FROM operation
         WHERE ?1 IS NULL OR (account = ?1 AND region = ?2 AND stack = ?3 AND sandbox = ?4)
         ORDER BY began DESC, rowid DESC LIMIT ?5",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let found = operations.query_map(
        params![
            place.map(|place| &place.account),
            place.map(|place| &place.region),
            place.map(|place| &place.stack),
            place.map(|place| place.sandbox),
            most,
        ],
        operation_of,
    )?;
    let mut operations: Vec<Operation> = found.collect::<rusqlite::Result<_>>()?;
    let mut steps = connection.prepare_cached(
        "SELECT operation, number, call, subject, token, intended, result
         FROM step WHERE operation = ?1 ORDER BY number",
    )?;
    for operation in &mut operations {
        let found = steps.query_map(params![operation.start.id], step_of)?;
        operation.steps = found.collect::<rusqlite::Result<_>>()?;
    }
    Ok(operations)
}

fn operation_of(row: &Row<'_>) -> rusqlite::Result<Operation> {
    let command: String = row.get(8)?;
    let end = match (
        row.get::<_, Option<String>>(10)?,
        row.get::<_, Option<i64>>(12)?,
    ) {
        (Some(outcome), Some(ended)) => Some((
            word(10, &outcome)?,
            row.get::<_, Option<String>>(11)?.unwrap_or_default(),
            time(ended),
        )),
        _ => None,
    };
    Ok(Operation {
        start: OperationStart {
            id: row.get(0)?,
            verb: word(1, &row.get::<_, String>(1)?)?,
            place: Place {
                account: row.get(2)?,
                region: row.get(3)?,
                stack: row.get(4)?,
                sandbox: row.get(5)?,
            },
            principal: row.get(6)?,
            folder: row.get(7)?,
            command: serde_json::from_str(&command).unwrap_or_default(),
            at: time(row.get(9)?),
        },
        end,
        steps: Vec::new(),
    })
}

fn step_of(row: &Row<'_>) -> rusqlite::Result<Step> {
    Ok(Step {
        intent: Intent {
            operation: row.get(0)?,
            number: row.get(1)?,
            call: row.get(2)?,
            subject: row.get(3)?,
            token: row.get(4)?,
            at: time(row.get(5)?),
        },
        result: row.get(6)?,
    })
}

fn event_of(row: &Row<'_>) -> rusqlite::Result<StackEventRecord> {
    Ok(StackEventRecord {
        id: row.get(0)?,
        at: time(row.get(1)?),
        logical_id: row.get(2)?,
        resource_type: row.get(3)?,
        status: row.get(4)?,
        reason: row.get(5)?,
    })
}

fn word<T>(column: usize, text: &str) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    text.parse().map_err(|problem| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(problem),
        )
    })
}

fn millis(at: SystemTime) -> i64 {
    let passed = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
}

fn time(millis: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap_or_default())
}

fn problem(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> JournalProblem {
    JournalProblem {
        source: source.into(),
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
