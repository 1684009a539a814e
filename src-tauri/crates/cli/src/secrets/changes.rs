//! Changing one parameter.

use clap::Args;
use pilothouse_api::parameters::{
    self, Alphabet, NewValue, ParameterType, SecretDraft, SetDone, SetRequest, Store, TagChange,
    TagView, Tier,
};
use pilothouse_api::{ApiError, Host, Kind};
use pilothouse_model::Code;
use serde_json::json;

use super::PlaceArguments;
use super::input::{self, kind, refuse_value, tag as tag_of, tier};
use crate::confirm::{Question, go_on};
use crate::output;

#[derive(Debug, Args)]
pub(super) struct SetArguments {
    /// The parameter, such as /shop/dev/db/password
    #[arg(value_name = "NAME")]
    name: String,

    /// Refused: see --from-file
    #[arg(hide = true)]
    value: Option<String>,

    /// Take the value from a file, as it stands
    #[arg(long, value_name = "FILE", conflicts_with_all = ["generate", "keep_value"])]
    from_file: Option<String>,

    /// Make a value of so many letters, and show it to nobody
    #[arg(long, value_name = "LETTERS", num_args = 0..=1, default_missing_value = "32", conflicts_with = "keep_value")]
    generate: Option<usize>,

    /// What a generated value is made of
    #[arg(long, value_enum, default_value = "plain", requires = "generate")]
    alphabet: AlphabetWord,

    /// Leave the value, and change the rest
    #[arg(long)]
    keep_value: bool,

    /// String, StringList or SecureString; SecureString when it is new
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    kind: Option<ParameterType>,

    /// The key: an alias, an id or an ARN
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// Standard (4 KB) or Advanced (8 KB, for a charge)
    #[arg(long, value_name = "TIER", value_parser = tier)]
    tier: Option<Tier>,

    /// What it is for
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// A regular expression that values must match
    #[arg(long, value_name = "PATTERN")]
    pattern: Option<String>,

    /// When AWS deletes it, such as 2027-03-31 (Advanced)
    #[arg(long, value_name = "MOMENT")]
    expires: Option<String>,

    /// How long before that AWS warns, such as 15d; can be given several times
    #[arg(long, value_name = "LENGTH")]
    warn_before: Vec<String>,

    /// After how long without a change AWS warns, such as 90d; can be given several times (Advanced)
    #[arg(long, value_name = "LENGTH")]
    warn_unchanged: Vec<String>,

    /// A tag of a new parameter; can be given several times
    #[arg(long = "tag", value_name = "KEY=VALUE", value_parser = tag_of)]
    tags: Vec<TagView>,

    /// The version that you saw: nothing is written when there is a newer one
    #[arg(long, value_name = "VERSION")]
    seen: Option<u32>,

    /// Write over what is there without asking
    #[arg(long, short = 'y')]
    yes: bool,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum AlphabetWord {
    /// Letters and digits
    Plain,
    /// And `-`, `_`, `.`, `~`
    Signs,
    /// Hexadecimal digits
    Hex,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// The parameter
    #[arg(value_name = "NAME")]
    name: String,

    /// The version whose value becomes the newest
    #[arg(value_name = "VERSION")]
    number: u32,

    /// The version that you saw as the newest: nothing is written when there is a newer one
    #[arg(long, value_name = "VERSION")]
    seen: Option<u32>,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct LabelArguments {
    /// The parameter
    #[arg(value_name = "NAME")]
    name: String,

    /// The version
    #[arg(value_name = "VERSION")]
    number: u32,

    /// The labels
    #[arg(value_name = "LABEL", required = true)]
    labels: Vec<String>,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct TagArguments {
    /// The parameter
    #[arg(value_name = "NAME")]
    name: String,

    /// Tags to set
    #[arg(value_name = "KEY=VALUE", value_parser = tag_of, required_unless_present = "remove")]
    set: Vec<TagView>,

    /// The key of a tag to take away; can be given several times
    #[arg(long, value_name = "KEY")]
    remove: Vec<String>,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

impl SetArguments {
    fn draft(&self, seen: Option<u32>) -> SecretDraft {
        SecretDraft {
            name: self.name.clone(),
            kind: self.kind,
            key: self.key.clone(),
            tier: self.tier,
            description: self.description.clone(),
            pattern: self.pattern.clone(),
            expires: self.expires.clone(),
            warn_before: self.warn_before.clone(),
            warn_unchanged: self.warn_unchanged.clone(),
            tags: self.tags.clone(),
            seen,
        }
    }

    fn new_value(&self, host: &Host) -> Result<NewValue, ApiError> {
        if self.keep_value {
            return Ok(NewValue::Kept);
        }
        if let Some(letters) = self.generate {
            let alphabet = match self.alphabet {
                AlphabetWord::Plain => Alphabet::Plain,
                AlphabetWord::Signs => Alphabet::Signs,
                AlphabetWord::Hex => Alphabet::Hex,
            };
            return Ok(NewValue::Generated(alphabet, letters));
        }
        let value = input::value(host, self.from_file.as_deref(), &self.name)?;
        Ok(NewValue::Given(value))
    }

    /// Whether the value comes by standard input, where then nobody can answer a question.
    const fn takes_input(&self) -> bool {
        self.from_file.is_none() && self.generate.is_none() && !self.keep_value
    }
}

/// Stores a value.
pub(super) async fn set(host: &Host, verb: &SetArguments) -> Result<(), ApiError> {
    if verb.value.is_some() {
        return Err(refuse_value(&verb.name));
    }
    let checked = parameters::check(
        verb.place.region.as_deref().unwrap_or("us-east-1"),
        &verb.draft(None),
        None,
    );
    if let Some(broken) = checked.broken.first() {
        return Err(ApiError::new(
            Code::SecretRules,
            Kind::User,
            format!("{} cannot be stored like this", verb.name),
        )
        .detail(broken.what.clone())
        .hint(broken.way_out.clone()));
    }
    let store = verb.place.open(host).await?;
    let seen = seen(verb, &store).await?;
    let Some(seen) = seen else {
        output::note("Nothing was changed.");
        return Ok(());
    };
    let request = SetRequest {
        value: verb.new_value(host)?,
        draft: verb.draft(seen),
    };
    let done = parameters::set(host, &store, request).await?;
    tell(&done, verb.place.json);
    Ok(())
}

/// The version that is written over, once somebody agreed; none when nobody did.
async fn seen(verb: &SetArguments, store: &Store) -> Result<Option<Option<u32>>, ApiError> {
    if verb.seen.is_some() {
        return Ok(Some(verb.seen));
    }
    let Some(standing) = parameters::find(store, &verb.name).await? else {
        return Ok(Some(None));
    };
    if !verb.yes && verb.takes_input() && !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        // Who is asked would answer with the value.
        let title = format!(
            "{} exists already, with version {}",
            verb.name, standing.version
        );
        return Err(ApiError::new(Code::SecretMoved, Kind::Precondition, title)
            .hint(format!(
                "To write over it, say which version you saw: --seen {}",
                standing.version
            ))
            .hint("Or write over whatever is there: --yes"));
    }
    let question = format!(
        "{} has version {}, of {} by {}. Write a new version?",
        verb.name,
        standing.version,
        standing.changed,
        standing.by_words.as_deref().unwrap_or("somebody")
    );
    let goes_on = go_on(verb.yes, &Question::YesOrNo(question))?;
    Ok(goes_on.then_some(Some(standing.version)))
}

fn tell(done: &SetDone, as_json: bool) {
    if as_json {
        output::json(&serde_json::to_value(done).unwrap_or_default());
        return;
    }
    output::line(format_args!("{} has version {}", done.name, done.version));
    for version in &done.overtaken {
        output::note(format_args!(
            "Somebody wrote version {version} in the same moment. To have it back: pilothouse secrets restore {} {version}",
            done.name
        ));
    }
}

/// Makes an earlier version the newest.
pub(super) async fn restore(host: &Host, verb: &RestoreArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let done = parameters::restore(&store, &verb.name, verb.number, verb.seen).await?;
    tell(&done, verb.place.json);
    Ok(())
}

/// Puts labels on a version.
pub(super) async fn label(host: &Host, verb: &LabelArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    parameters::label(&store, &verb.name, verb.number, &verb.labels).await?;
    labelled(verb, "has");
    Ok(())
}

/// Takes labels from a version.
pub(super) async fn unlabel(host: &Host, verb: &LabelArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    parameters::unlabel(&store, &verb.name, verb.number, &verb.labels).await?;
    labelled(verb, "no longer has");
    Ok(())
}

fn labelled(verb: &LabelArguments, word: &str) {
    if verb.place.json {
        output::json(&json!({ "name": verb.name, "version": verb.number, "labels": verb.labels }));
        return;
    }
    output::line(format_args!(
        "{} version {} {word} {}",
        verb.name,
        verb.number,
        verb.labels.join(", ")
    ));
}

/// Changes tags.
pub(super) async fn tag(host: &Host, verb: &TagArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let change = TagChange {
        set: verb.set.clone(),
        remove: verb.remove.clone(),
    };
    parameters::tag(&store, &verb.name, &change).await?;
    if verb.place.json {
        output::json(&json!({ "name": verb.name, "set": verb.set.len(), "removed": verb.remove }));
        return Ok(());
    }
    output::line(format_args!(
        "{}: {} tags set, {} taken away",
        verb.name,
        verb.set.len(),
        verb.remove.len()
    ));
    Ok(())
}
