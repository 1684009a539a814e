//! The programs of the sandbox, each with its whole environment.

use pilothouse_effects::{Launch, PrivateFolder};

use crate::install::Installed;
use crate::{SandboxProblem, World, layout, pins};

/// Name of the database's first user; the one that RDS suggests.
pub(crate) const DATABASE_USER: &str = "postgres";

/// The idle time, for tests and continuous integration.
pub(crate) const IDLE_VARIABLE: &str = "PILOTHOUSE_SANDBOX_IDLE";

/// The program that is run: the local AWS behind a guard against web pages.
const GUARD: &str = include_str!("guard.py");

/// The folders and the path that the programs get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground {
    pub(crate) path: String,
    pub(crate) home: String,
    pub(crate) temporary: String,
    pub(crate) aws: String,
    pub(crate) s3: String,
    pub(crate) content: String,
    pub(crate) guard: String,
    pub(crate) is_root: bool,
}

impl Ground {
    pub(crate) fn prepare(world: &World) -> Result<Self, SandboxProblem> {
        let data = world.data.as_ref();
        data.write(layout::GUARD, GUARD.as_bytes())?;
        let (folder, guard) = layout::GUARD.rsplit_once('/').unwrap_or_default();
        Ok(Self {
            path: world.environment.variable("PATH").unwrap_or_default(),
            home: data.folder(layout::HOME)?,
            temporary: data.folder(layout::TEMPORARY)?,
            aws: data.folder(layout::CONTENT_AWS)?,
            s3: data.folder(layout::CONTENT_S3)?,
            content: data.folder(layout::CONTENT)?,
            guard: format!("{}/{guard}", data.folder(folder)?),
            is_root: world.processes.own().is_root,
        })
    }

    /// What every program gets, and nothing of the user's but the `PATH`.
    fn environment(&self, more: &[(&str, &str)]) -> Vec<(String, String)> {
        let common = [
            ("PATH", self.path.as_str()),
            ("HOME", &self.home),
            ("TMPDIR", &self.temporary),
            ("LANG", "C.UTF-8"),
        ];
        let all = common.iter().chain(more);
        all.map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// PostgreSQL refuses an administrator's rights: in a name space of its own it has none.
    fn without_rights(&self, program: String, arguments: Vec<String>) -> (String, Vec<String>) {
        if !self.is_root {
            return (program, arguments);
        }
        let mut all = ["--user", "--map-user=1000", "--map-group=1000", "--"]
            .map(str::to_owned)
            .to_vec();
        all.push(program);
        all.extend(arguments);
        ("unshare".to_owned(), all)
    }
}

/// The local AWS.
pub(crate) fn aws(installed: &Installed, ground: &Ground, port: u16) -> Launch {
    let port = port.to_string();
    let no_docker = format!("unix://{}/no-docker.sock", ground.home);
    Launch {
        program: installed.python.clone(),
        // Isolated from the folder it runs in and from the user's packages; unbuffered, for the log.
        arguments: ["-I", "-u", &ground.guard].map(str::to_owned).to_vec(),
        environment: ground.environment(&[
            // It would listen on every address, and for MQTT and SFTP too.
            ("BIND_HOST", "127.0.0.1"),
            ("IOT_MTLS_ENABLED", "0"),
            ("SFTP_ENABLED", "0"),
            ("GATEWAY_PORT", &port),
            // It would use and tidy the user's containers.
            ("DOCKER_HOST", &no_docker),
            ("LAMBDA_EXECUTOR", "local"),
            ("MINISTACK_REGION", pins::REGION),
            // Saved when it stops; whether it is kept is decided then.
            ("PERSIST_STATE", "1"),
            ("STATE_DIR", &ground.aws),
            ("S3_PERSIST", "1"),
            ("S3_DATA_DIR", &ground.s3),
        ]),
        folder: ground.home.clone(),
    }
}

/// Makes an empty database in `folder`, with the password that the file holds.
pub(crate) fn new_database(
    installed: &Installed,
    ground: &Ground,
    folder: &str,
    password_file: &str,
) -> Launch {
    let arguments = vec![
        format!("--pgdata={folder}"),
        format!("--username={DATABASE_USER}"),
        format!("--pwfile={password_file}"),
        "--auth=scram-sha-256".to_owned(),
        "--encoding=UTF8".to_owned(),
        "--locale-provider=builtin".to_owned(),
        "--builtin-locale=C.UTF-8".to_owned(),
        "--locale=C".to_owned(),
        "--no-sync".to_owned(),
        "--no-instructions".to_owned(),
    ];
    let program = format!("{}/initdb", installed.postgres);
    let (program, arguments) = ground.without_rights(program, arguments);
    Launch {
        program,
        arguments,
        environment: ground.environment(&[]),
        folder: ground.home.clone(),
    }
}

/// The database.
pub(crate) fn postgres(installed: &Installed, ground: &Ground, port: u16) -> Launch {
    let settings = [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        // No socket file: its path could be too long, and its folder must be private.
        "unix_socket_directories=".to_owned(),
        // A sandbox may lose the last moments before a power cut.
        "synchronous_commit=off".to_owned(),
        "shared_buffers=32MB".to_owned(),
    ];
    let mut arguments = vec!["-D".to_owned(), database_folder(ground)];
    for setting in settings {
        arguments.extend(["-c".to_owned(), setting]);
    }
    let program = format!("{}/postgres", installed.postgres);
    let (program, arguments) = ground.without_rights(program, arguments);
    Launch {
        program,
        arguments,
        environment: ground.environment(&[]),
        folder: ground.home.clone(),
    }
}

pub(crate) fn database_folder(ground: &Ground) -> String {
    format!("{}/postgres", ground.content)
}

/// The server that owns both.
pub(crate) fn server(world: &World) -> Result<Launch, SandboxProblem> {
    let mut environment = vec![
        ("PILOTHOUSE_HOME".to_owned(), world.data.folder("")?),
        (
            "PILOTHOUSE_SANDBOX_INSTALL".to_owned(),
            world.installs.folder("")?,
        ),
    ];
    for name in ["PATH", IDLE_VARIABLE] {
        if let Some(value) = world.environment.variable(name) {
            environment.push((name.to_owned(), value));
        }
    }
    Ok(Launch {
        program: world.processes.own().program,
        arguments: ["sandbox", "serve"].map(str::to_owned).to_vec(),
        environment,
        folder: world.data.folder("")?,
    })
}

/// The file that a program writes to.
pub(crate) fn output(data: &dyn PrivateFolder, name: &str) -> Result<String, SandboxProblem> {
    Ok(format!("{}/{name}.log", data.folder(layout::LOGS)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(is_root: bool) -> Ground {
        Ground {
            path: "/usr/bin".to_owned(),
            home: "/d/home".to_owned(),
            temporary: "/d/temporary".to_owned(),
            aws: "/d/state/aws".to_owned(),
            s3: "/d/state/s3".to_owned(),
            content: "/d/state".to_owned(),
            guard: "/d/run/guard.py".to_owned(),
            is_root,
        }
    }

    fn installed() -> Installed {
        Installed {
            python: "/i/venv/bin/python".to_owned(),
            postgres: "/i/pg/bin".to_owned(),
            version: "3.11".to_owned(),
        }
    }

    #[test]
    fn the_local_aws_listens_on_the_loopback_alone_and_sees_nothing_of_the_user_but_the_path() {
        let launch = aws(&installed(), &ground(false), 4711);
        let value = |name: &str| {
            let found = launch.environment.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(value("BIND_HOST"), Some("127.0.0.1"));
        assert_eq!(value("IOT_MTLS_ENABLED"), Some("0"));
        assert_eq!(value("GATEWAY_PORT"), Some("4711"));
        assert_eq!(value("HOME"), Some("/d/home"));
        let mut names: Vec<&str> = launch
            .environment
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "BIND_HOST",
                "DOCKER_HOST",
                "GATEWAY_PORT",
                "HOME",
                "IOT_MTLS_ENABLED",
                "LAMBDA_EXECUTOR",
                "LANG",
                "MINISTACK_REGION",
                "PATH",
                "PERSIST_STATE",
                "S3_DATA_DIR",
                "S3_PERSIST",
                "SFTP_ENABLED",
                "STATE_DIR",
                "TMPDIR",
            ]
        );
    }

    #[test]
    fn only_an_administrator_needs_rights_taken_away() {
        let launch = postgres(&installed(), &ground(false), 5);
        assert_eq!(launch.program, "/i/pg/bin/postgres");
        let launch = postgres(&installed(), &ground(true), 5);
        assert_eq!(launch.program, "unshare");
        assert!(launch.arguments.contains(&"/i/pg/bin/postgres".to_owned()));
    }

    #[test]
    fn the_database_asks_for_a_password_and_has_no_socket_file() {
        let launch = new_database(&installed(), &ground(false), "/d/state/new", "/d/password");
        assert!(
            launch
                .arguments
                .contains(&"--auth=scram-sha-256".to_owned())
        );
        let launch = postgres(&installed(), &ground(false), 5);
        assert!(
            launch
                .arguments
                .contains(&"listen_addresses=127.0.0.1".to_owned())
        );
        assert!(
            launch
                .arguments
                .contains(&"unix_socket_directories=".to_owned())
        );
    }
}
