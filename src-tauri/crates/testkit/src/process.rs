//! Programs that do nothing but live and die as a test says.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pilothouse_effects::{
    Effect, Footprint, Launch, Lifetime, Limits, Notice, ProcessIdentity, ProcessProblem,
    ProcessSelf, Processes, Ran,
};

/// How a program behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Temper {
    /// Lives until it is told to end.
    Sound,
    /// Ends at once.
    ShortLived,
    /// Ends only when it is killed.
    Stubborn,
}

/// Programs that exist only here. Clones are the same programs.
#[derive(Debug, Clone, Default)]
pub struct FakeProcesses {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    tempers: BTreeMap<String, Temper>,
    listens_on: BTreeMap<String, SocketAddr>,
    started: Vec<Started>,
}

#[derive(Debug)]
struct Started {
    name: String,
    lives: bool,
    told: Vec<Notice>,
}

impl FakeProcesses {
    /// Programs with that file name behave so.
    pub fn behave(&self, name: &str, temper: Temper) {
        self.lock().tempers.insert(name.to_owned(), temper);
    }

    /// Programs with that file name listen on this address.
    pub fn listen(&self, name: &str, address: SocketAddr) {
        self.lock().listens_on.insert(name.to_owned(), address);
    }

    /// How often programs with that file name were started.
    pub fn starts(&self, name: &str) -> usize {
        let state = self.lock();
        state.started.iter().filter(|one| one.name == name).count()
    }

    /// What programs with that file name were told, in order.
    pub fn told(&self, name: &str) -> Vec<Notice> {
        let state = self.lock();
        let of_name = state.started.iter().filter(|one| one.name == name);
        of_name.flat_map(|one| one.told.iter().copied()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(process: &ProcessIdentity) -> usize {
    // The first has the number 1000; this process, which is none of them, has 1.
    usize::try_from(process.pid)
        .unwrap_or(usize::MAX)
        .wrapping_sub(1000)
}

impl Processes for FakeProcesses {
    fn start(
        &self,
        launch: &Launch,
        _output: &str,
        _lifetime: Lifetime,
    ) -> Result<ProcessIdentity, ProcessProblem> {
        let mut state = self.lock();
        let name = launch
            .program
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let lives = state.tempers.get(&name) != Some(&Temper::ShortLived);
        let pid = u32::try_from(state.started.len()).unwrap_or(u32::MAX);
        state.started.push(Started {
            name,
            lives,
            told: Vec::new(),
        });
        Ok(ProcessIdentity {
            pid: pid.saturating_add(1000),
            mark: "fake".to_owned(),
        })
    }

    fn run<'a>(
        &'a self,
        _launch: &'a Launch,
        _tell: &'a (dyn Fn(&str) + Send + Sync),
    ) -> Effect<'a, Result<Option<i32>, ProcessProblem>> {
        Box::pin(std::future::ready(Ok(Some(0))))
    }

    fn ask(&self, launch: &Launch, _limits: Limits) -> Result<Ran, ProcessProblem> {
        Err(ProcessProblem::Missing(launch.program.clone()))
    }

    fn is_alive(&self, process: &ProcessIdentity) -> bool {
        let state = self.lock();
        let started = state.started.get(place(process));
        process.pid == 1 || started.is_some_and(|one| one.lives)
    }

    fn tell(&self, process: &ProcessIdentity, notice: Notice) -> Result<(), ProcessProblem> {
        let mut state = self.lock();
        let tempers = state.tempers.clone();
        if let Some(one) = state
            .started
            .get_mut(place(process))
            .filter(|one| one.lives)
        {
            let stubborn = tempers.get(&one.name) == Some(&Temper::Stubborn);
            one.told.push(notice);
            one.lives = stubborn && notice != Notice::Kill;
        }
        Ok(())
    }

    fn own(&self) -> ProcessSelf {
        ProcessSelf {
            identity: ProcessIdentity {
                pid: 1,
                mark: "fake".to_owned(),
            },
            program: "/fake/pilothouse".to_owned(),
            is_root: false,
        }
    }

    fn footprint(&self, process: &ProcessIdentity) -> Result<Footprint, ProcessProblem> {
        let state = self.lock();
        let started = state.started.get(place(process)).filter(|one| one.lives);
        let address = started.and_then(|one| state.listens_on.get(&one.name));
        Ok(Footprint {
            memory: 1024,
            listens_on: address.copied().into_iter().collect(),
        })
    }
}
