//! Every text of the page's chrome, in both languages.
//!
//! One struct and one constant per language: a forgotten translation is a compile error.
//! What a finding says is not here; it lives with the finding. Words that every rendering of a report has are `report::words`.

mod en;
mod ja;

use report::Lang;
use report::model::Progress;
use report::words::vocabulary::Tone;

/// The texts of the page itself.
#[derive(Debug)]
pub(crate) struct UiText {
    pub(crate) title: &'static str,
    pub(crate) tagline: &'static str,
    pub(crate) privacy: &'static str,
    pub(crate) skip_to_paste: &'static str,
    pub(crate) skip_to_main: &'static str,
    /// The switch names the language that it leads to, in that language.
    pub(crate) switch_language: &'static str,
    pub(crate) theme_label: &'static str,
    /// As the system, light, dark.
    pub(crate) theme_names: [&'static str; 3],
    pub(crate) help: &'static str,
    pub(crate) paste_label: &'static str,
    pub(crate) paste_hint: &'static str,
    pub(crate) paste_more: &'static str,
    pub(crate) from_clipboard: &'static str,
    pub(crate) files_label: &'static str,
    pub(crate) folder_label: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) examples_heading: &'static str,
    pub(crate) examples_hint: &'static str,
    pub(crate) inputs_heading: &'static str,
    pub(crate) undo: &'static str,
    pub(crate) forget: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) pasted_name: &'static str,
    pub(crate) answer_name: &'static str,
    /// With `{n}` for the number, as in the texts below.
    pub(crate) items: &'static str,
    pub(crate) item_one: &'static str,
    pub(crate) more_documents: &'static str,
    pub(crate) repaired: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) look: &'static str,
    pub(crate) next_lines: &'static str,
    pub(crate) first_lines: &'static str,
    pub(crate) nothing_recognised: &'static str,
    /// An input without any output, such as a mail with an error text in it.
    pub(crate) prose_only: &'static str,
    pub(crate) recognised_one: &'static str,
    pub(crate) recognised: &'static str,
    /// The output of a call that failed.
    pub(crate) error: &'static str,
    /// A document that is neither an output nor an error: a mail's own words.
    pub(crate) prose: &'static str,
    pub(crate) secrets_masked: &'static str,
    pub(crate) outcome_heading: &'static str,
    pub(crate) outcome_empty: &'static str,
    pub(crate) how_heading: &'static str,
    pub(crate) how_steps: [&'static str; 3],
    pub(crate) how_sure: &'static str,
    pub(crate) sure_proven: &'static str,
    pub(crate) sure_assumes: &'static str,
    pub(crate) sure_open: &'static str,
    pub(crate) task_facts: &'static str,
    pub(crate) announce: &'static str,
    pub(crate) for_engineers: &'static str,
    pub(crate) show_all: &'static str,
    pub(crate) jump: &'static str,
    pub(crate) lines_around: &'static str,
    pub(crate) mark_goes_on: &'static str,
    pub(crate) line: &'static str,
    pub(crate) evidence_of: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,
    pub(crate) changes: &'static str,
    pub(crate) about_code: &'static str,
    pub(crate) collect_heading: &'static str,
    pub(crate) collect_hint: &'static str,
    /// Where a cause is proven already.
    pub(crate) collect_after: &'static str,
    pub(crate) copy_commands: &'static str,
    pub(crate) message_heading: &'static str,
    pub(crate) message_language: &'static str,
    pub(crate) copy_message: &'static str,
    /// Of words in a command that stand for something of the customer's.
    pub(crate) where_tasks: &'static str,
    pub(crate) replace_words: &'static str,
    pub(crate) why: &'static str,
    pub(crate) answer_label: &'static str,
    pub(crate) answer_send: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) picture_title: &'static str,
    pub(crate) picture_start: &'static str,
    pub(crate) picture_stops: &'static str,
    /// In order, open, at fault.
    pub(crate) stages: [&'static str; 3],
    pub(crate) network_evidence: &'static str,
    pub(crate) choose_task: &'static str,
    pub(crate) latest_task: &'static str,
    pub(crate) export_heading: &'static str,
    pub(crate) export_hint: &'static str,
    /// In the order of the buttons.
    pub(crate) export_names: [&'static str; 5],
    pub(crate) copy_markdown: &'static str,
    pub(crate) pages_heading: &'static str,
    pub(crate) back: &'static str,
    pub(crate) no_such_page: &'static str,
    pub(crate) documentation: &'static str,
    pub(crate) trust_heading: &'static str,
    pub(crate) trust_points: [&'static str; 4],
    pub(crate) keys_heading: &'static str,
    pub(crate) keys_switch: &'static str,
    /// What `/ j k e c ?` do.
    pub(crate) keys_list: [&'static str; 6],
    pub(crate) close: &'static str,
    pub(crate) crash_heading: &'static str,
    pub(crate) crash_hint: &'static str,
    pub(crate) crash_save: &'static str,
    pub(crate) cases_label: &'static str,
    pub(crate) case_name: &'static str,
    pub(crate) new_case: &'static str,
    pub(crate) close_case: &'static str,
    pub(crate) reopen: &'static str,
    pub(crate) detail: &'static str,
    pub(crate) have: &'static str,
    pub(crate) shell_label: &'static str,
    pub(crate) collector_heading: &'static str,
    pub(crate) collector_hint: &'static str,
    pub(crate) collector_unknown: &'static str,
    pub(crate) collector_save: &'static str,
    pub(crate) collector_copy: &'static str,
    pub(crate) collector_calls: &'static str,
    pub(crate) script_message: &'static str,
    pub(crate) reply_heading: &'static str,
    pub(crate) report_language: &'static str,
    pub(crate) redact_switch: &'static str,
    pub(crate) redacted_hint: &'static str,
    pub(crate) save_redacted: &'static str,
    pub(crate) preview: &'static str,
    pub(crate) cited_lines: &'static str,
    pub(crate) lines_used_by: &'static str,
    pub(crate) mind_heading: &'static str,
    pub(crate) mind_assumes: &'static str,
    pub(crate) mind_newer: &'static str,
    pub(crate) mind_missing: &'static str,
    pub(crate) try_it: &'static str,
    pub(crate) tried_gone: &'static str,
    pub(crate) tried_left: &'static str,
    pub(crate) tried_new: &'static str,
    pub(crate) tried_none: &'static str,
    pub(crate) policies_heading: &'static str,
    pub(crate) policies_hint: &'static str,
    pub(crate) policies_unknown: &'static str,
    pub(crate) save_picture: &'static str,
    pub(crate) crash_redacted: &'static str,
    pub(crate) compare_heading: &'static str,
    pub(crate) compare_again: &'static str,
    pub(crate) compare_changes: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) after: &'static str,
    pub(crate) verify: &'static str,
    pub(crate) verify_hint: &'static str,
    pub(crate) starts: &'static str,
    /// Changed, new, gone.
    pub(crate) change_kinds: [&'static str; 3],
    /// Gone, still there, not known, no cause.
    pub(crate) progress_words: [&'static str; 4],
}

impl UiText {
    /// The texts of a language.
    pub(crate) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &en::TEXT,
            Lang::Ja => &ja::TEXT,
        }
    }

    /// What is known of a stage on the way to a destination.
    pub(crate) const fn stage(&self, tone: Tone) -> &'static str {
        let [good, open, bad] = self.stages;
        match tone {
            Tone::Good => good,
            Tone::Bad => bad,
            Tone::Unknown | Tone::Next | Tone::Careful => open,
        }
    }

    /// What became of a cause.
    pub(crate) const fn progress(&self, progress: Progress) -> &'static str {
        let [gone, remains, unknown, no_cause] = self.progress_words;
        match progress {
            Progress::Gone => gone,
            Progress::Remains => remains,
            Progress::Unknown => unknown,
            Progress::NoCause => no_cause,
        }
    }
}

/// Puts a value in the place of `{n}`.
pub(crate) fn with(text: &str, value: impl std::fmt::Display) -> String {
    text.replace("{n}", &value.to_string())
}
