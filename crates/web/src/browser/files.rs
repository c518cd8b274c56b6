//! What a paste, a drop or a choice carries, as names and bytes.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use snapshot::order::Order as _;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry};
use yew::Callback;

use crate::state::{Action, Given};
use crate::work::LARGE;

/// Long enough for the browser to draw once.
const ONE_FRAME: u32 = 30;

/// Takes what a paste or a drop carries: its files and folders, else its text. Tells whether there was any.
pub(crate) fn take(data: &DataTransfer, dispatch: &Callback<Action>) -> bool {
    let found = found(data);
    if !found.is_empty() {
        read(found, dispatch);
        return true;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    if text.is_empty() {
        return false;
    }
    take_text(text, dispatch);
    true
}

/// Takes chosen files.
pub(crate) fn take_files(files: &FileList, dispatch: &Callback<Action>) {
    read(listed(files), dispatch);
}

/// Takes a text.
pub(crate) fn take_text(text: String, dispatch: &Callback<Action>) {
    let add = move |text: String, dispatch: &Callback<Action>| dispatch.emit(Action::Add(vec![(None, text.into_bytes().into())]));
    if text.len() < LARGE {
        return add(text, dispatch);
    }
    let dispatch = dispatch.clone();
    dispatch.emit(Action::Reading);
    spawn_local(async move {
        TimeoutFuture::new(ONE_FRAME).await;
        add(text, &dispatch);
    });
}

/// A file, or something that may turn out to be a folder.
enum Found {
    File(File),
    Entry(FileSystemEntry),
}

fn listed(files: &FileList) -> Vec<Found> {
    (0..files.length()).filter_map(|at| files.get(at)).map(Found::File).collect()
}

/// Entries have to be taken while the event lasts; reading them may take longer.
fn found(data: &DataTransfer) -> Vec<Found> {
    let items = data.items();
    let entries: Vec<FileSystemEntry> = (0..items.length())
        .filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten())
        .collect();
    if entries.is_empty() {
        return data.files().map(|files| listed(&files)).unwrap_or_default();
    }
    entries.into_iter().map(Found::Entry).collect()
}

/// Reads one after the other, so that they are held in the order in which they were given, and adds them in one step.
fn read(found: Vec<Found>, dispatch: &Callback<Action>) {
    let dispatch = dispatch.clone();
    spawn_local(async move {
        let mut files = Vec::new();
        for found in found {
            match found {
                Found::File(file) => files.push((path(&file), file)),
                Found::Entry(entry) => below(entry, &mut files).await,
            }
        }
        if files.iter().map(|(_, file)| file.size()).sum::<f64>() >= LARGE as f64 {
            dispatch.emit(Action::Reading);
            TimeoutFuture::new(ONE_FRAME).await;
        }
        let mut given: Vec<Given> = Vec::new();
        for (name, file) in files {
            // What has no bytes to read (a folder, a file that was moved away) is passed over.
            if let Ok(bytes) = gloo_file::futures::read_as_bytes(&gloo_file::File::from(file)).await {
                let files = evidence::unpacked(name.to_string(), bytes).into_iter();
                given.extend(files.map(|(name, bytes)| (Some(name.into()), bytes.into())));
            }
        }
        dispatch.emit(Action::Add(given));
    });
}

/// The path below the chosen folder, else the name.
fn path(file: &File) -> Rc<str> {
    let path = Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok();
    path.and_then(|path| path.as_string())
        .filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
        .into()
}

/// Every file of an entry, a folder's in the order of their names.
async fn below(entry: FileSystemEntry, files: &mut Vec<(Rc<str>, File)>) {
    let mut open = vec![entry];
    while let Some(entry) = open.pop() {
        if let Some(folder) = entry.dyn_ref::<FileSystemDirectoryEntry>() {
            let mut inside = children(&folder.create_reader()).await;
            // The last is taken first.
            inside.in_order_by_key(|entry| std::cmp::Reverse(entry.name()));
            open.extend(inside);
        } else if let Some(file) = entry.dyn_ref::<FileSystemFileEntry>() {
            let file = called(|take, fail| file.file_with_callback_and_callback(take, fail)).await;
            let path = entry.full_path();
            if let Some(file) = file.and_then(|file| file.dyn_into().ok()) {
                files.push((path.trim_start_matches('/').into(), file));
            }
        }
    }
}

/// A folder's entries; the browser hands them out a hundred at a time.
async fn children(reader: &FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let mut all = Vec::new();
    loop {
        let some = called(|take, fail| {
            // The functions are handed on as they are; nothing is called yet.
            let _ = reader.read_entries_with_callback_and_callback(take, fail);
        })
        .await;
        let Some(some) = some.and_then(|some| some.dyn_into::<js_sys::Array>().ok()) else {
            return all;
        };
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().filter_map(|entry| entry.dyn_into().ok()));
    }
}

/// A call with two functions as something to wait for; `None` where it failed.
async fn called(call: impl Fn(&Function, &Function)) -> Option<JsValue> {
    let promise = Promise::new(&mut |take, fail| call(&take, &fail));
    JsFuture::from(promise).await.ok()
}
