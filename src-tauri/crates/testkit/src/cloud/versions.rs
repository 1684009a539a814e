//! Versions of functions and layers.

use pilothouse_effects::{CloudProblem, Effect, Published, Versioned, Versions};

use super::FakeCloud;

fn name_of(of: Versioned<'_>) -> String {
    match of {
        Versioned::Function(name) => name.to_owned(),
        Versioned::Layer(name) => format!("layer:{name}"),
    }
}

impl FakeCloud {
    /// Publishes versions of a function or layer; aliases lead to the second.
    pub fn publish(&self, of: Versioned<'_>, numbers: &[u64], aliased: &[u64]) {
        let published = Published {
            numbers: numbers.to_vec(),
            aliased: aliased.to_vec(),
        };
        self.state().versions.insert(name_of(of), published);
    }

    /// The versions there are.
    pub fn published(&self, of: Versioned<'_>) -> Vec<u64> {
        let state = self.state();
        let published = state.versions.get(&name_of(of));
        published.map(|all| all.numbers.clone()).unwrap_or_default()
    }
}

impl Versions for FakeCloud {
    fn published<'a>(&'a self, of: Versioned<'a>) -> Effect<'a, Result<Published, CloudProblem>> {
        self.call("lambda:ListVersionsByFunction", |state| {
            Ok(state
                .versions
                .get(&name_of(of))
                .cloned()
                .unwrap_or_default())
        })
    }

    fn delete<'a>(
        &'a self,
        of: Versioned<'a>,
        number: u64,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("lambda:DeleteFunction", |state| {
            if let Some(published) = state.versions.get_mut(&name_of(of)) {
                published.numbers.retain(|one| *one != number);
            }
            Ok(())
        })
    }
}
