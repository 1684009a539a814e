//! What the page of secrets asks, on a real sandbox: one value through every answer, and only one of them holds it.

use std::sync::{Arc, Mutex};

use pilothouse_desk::wire::{
    GivenValue, ParameterType, SecretDraft, SecretsTold, StorePlace, Target,
};
use pilothouse_desk::{ImportAsked, TellSecrets};
use pilothouse_effects::{Clipboard, ClipboardProblem};
use pilothouse_model::Secret;

use crate::World;

const CANARY: &str = "kanarie-7f\"3/+ \u{fc}";
const NAME: &str = "/desk/dev/token";

fn place() -> StorePlace {
    StorePlace {
        target: Target::Sandbox,
        region: None,
    }
}

fn typed(text: &str) -> GivenValue {
    GivenValue::Typed {
        text: text.to_owned(),
    }
}

fn draft(name: &str, seen: Option<u32>) -> SecretDraft {
    SecretDraft {
        name: name.to_owned(),
        kind: Some(ParameterType::SecureString),
        seen,
        ..SecretDraft::default()
    }
}

/// Everything that is told, as the page is sent it.
fn telling() -> (TellSecrets, Arc<Mutex<Vec<SecretsTold>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&told);
    let tell = move |one| {
        keep.lock().expect("a lock").push(one);
        true
    };
    (Arc::new(tell), told)
}

#[derive(Debug, Default)]
struct Board(Mutex<String>);

impl Clipboard for Board {
    fn put(&self, secret: &Secret) -> Result<(), ClipboardProblem> {
        secret
            .expose()
            .clone_into(&mut self.0.lock().expect("a lock"));
        Ok(())
    }

    fn take_back(&self, secret: &Secret) -> Result<bool, ClipboardProblem> {
        let mut held = self.0.lock().expect("a lock");
        let is_there = *held == secret.expose();
        if is_there {
            held.clear();
        }
        Ok(is_there)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_goes_through_every_flow_and_one_answer_holds_it() {
    let world = World::new();
    let (desk, place) = (&world.desk, place());
    let (tell, told) = telling();
    desk.watch_secrets(&place, None, tell).await;
    assert_eq!(
        *told.lock().expect("a lock"),
        [SecretsTold::Stopped],
        "a look starts no sandbox"
    );

    let mut answers: Vec<String> = Vec::new();
    let mut kept = |answer: &dyn erased::Json| answers.push(answer.json());
    kept(
        &desk
            .set_secret(&place, draft(NAME, None), typed(CANARY))
            .await
            .expect("new"),
    );
    let moved = desk
        .set_secret(&place, draft(NAME, None), typed(CANARY))
        .await;
    kept(&moved.expect_err("it exists"));
    kept(
        &desk
            .set_secret(&place, draft(NAME, Some(1)), typed("other"))
            .await
            .expect("second"),
    );
    kept(
        &desk
            .set_secret(&place, draft("/aws/x", None), typed(CANARY))
            .await
            .expect_err("AWS's own"),
    );
    kept(
        &desk
            .restore_secret(&place, NAME, 1, 2)
            .await
            .expect("restored"),
    );
    kept(
        &desk
            .restore_secret(&place, NAME, 1, 2)
            .await
            .expect_err("it has version 3 now"),
    );
    desk.label_secret(&place, NAME, 3, &["live".to_owned()], &[])
        .await
        .expect("labelled");
    let details = desk.secret(&place, NAME).await.expect("details");
    assert_eq!(details.versions[0].labels, ["live"], "{details:#?}");
    assert_eq!(
        details.versions[0].digest, details.versions[2].digest,
        "equal values have equal digests"
    );
    kept(&details);

    let file = world.place.path().join("in.json");
    std::fs::write(
        &file,
        serde_json::json!({ "token": CANARY, "more": "m" }).to_string(),
    )
    .expect("a file");
    let asked = ImportAsked {
        file: file.to_string_lossy().into_owned(),
        path: "/desk/in".to_owned(),
        kind: None,
        key: None,
    };
    let preview = desk.prepare_import(&place, asked).await.expect("a preview");
    assert_eq!((preview.view.added, preview.from.as_str()), (2, "in.json"));
    let (tell, told) = telling();
    let wrong = desk
        .apply_import(&preview.id, "wrong", Arc::clone(&tell))
        .await;
    kept(&wrong.expect_err("the token is not its own"));
    kept(
        &desk
            .apply_import(&preview.id, &preview.token, Arc::clone(&tell))
            .await
            .expect("written"),
    );
    let again = desk.apply_import(&preview.id, &preview.token, tell).await;
    kept(&again.expect_err("it is done once"));
    kept(&preview);
    let only = ["token".to_owned()];
    let copy = desk.prepare_copy((&place, "/desk/in"), (&place, "/desk/out"), &only);
    let copy = copy.await.expect("a preview");
    let (tell, _) = telling();
    kept(
        &desk
            .apply_import(&copy.id, &copy.token, tell)
            .await
            .expect("copied"),
    );
    let compared = desk
        .compare_secrets((&place, "/desk/in"), (&place, "/desk/out"))
        .await
        .expect("compared");
    assert_eq!((compared.same, compared.left), (1, 1));
    kept(&compared);
    let out = world.place.path().join("out.env");
    kept(
        &desk
            .export_secrets(&place, "/desk/in", &out.to_string_lossy())
            .await
            .expect("written"),
    );
    let (tell, listed) = telling();
    desk.watch_secrets(&place, None, tell).await;
    for one in [told, listed] {
        one.lock()
            .expect("a lock")
            .iter()
            .for_each(|told| kept(told));
    }

    let deletion = desk
        .plan_secret_deletion(&place, &[], Some("/desk/in"))
        .await
        .expect("shown");
    let (tell, _) = telling();
    let mistyped = desk
        .delete_secrets(&deletion.id, &deletion.token, "/desk", Arc::clone(&tell))
        .await;
    kept(&mistyped.expect_err("the path is not typed"));
    let deleted = desk
        .delete_secrets(&deletion.id, &deletion.token, "/desk/in", tell)
        .await
        .expect("deleted");
    assert_eq!(deleted.names.len(), 2);
    let undo = deleted.undo.clone().expect("a way back");
    kept(&deleted);
    kept(&desk.undo_deletion(&undo).await.expect("put back"));
    kept(&desk.activity(100).expect("activity"));

    let board = Arc::new(Board::default());
    let clipboard: Arc<dyn Clipboard> = Arc::clone(&board) as Arc<dyn Clipboard>;
    kept(
        &desk
            .copy_secret(&place, "/desk/in/token", clipboard)
            .await
            .expect("copied"),
    );
    assert_eq!(
        *board.0.lock().expect("a lock"),
        CANARY,
        "what was put back has its value"
    );

    let escaped = serde_json::to_string(CANARY).expect("JSON");
    let inner = escaped.trim_matches('"');
    let leaks: Vec<&String> = answers
        .iter()
        .filter(|text| text.contains(CANARY) || text.contains(inner))
        .collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
    assert!(
        answers.len() > 20,
        "there was something to search: {}",
        answers.len()
    );
    let shown = desk.reveal_secret(&place, NAME).await.expect("shown");
    assert_eq!(
        (shown.value.as_str(), shown.version, shown.seconds),
        (CANARY, 3, 30)
    );
}

/// Any answer as the page is sent it.
mod erased {
    pub trait Json {
        fn json(&self) -> String;
    }

    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).expect("JSON")
        }
    }
}
