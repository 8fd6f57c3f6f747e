<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Attachments</name>
    <message numerus="yes">
        <source>%Ln pages</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln words</source>
        <translation>
            <numerusform>about %Ln word</numerusform>
            <numerusform>about %Ln words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupRow</name>
    <message numerus="yes">
        <source>%Ln records</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Still holds %Ln records that you forgot since.</source>
        <translation>
            <numerusform>Still holds %Ln record that you forgot since.</numerusform>
            <numerusform>Still holds %Ln records that you forgot since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Below</name>
    <message numerus="yes">
        <source>Try again in %n seconds.</source>
        <translation>
            <numerusform>Try again in %n second.</numerusform>
            <numerusform>Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message numerus="yes">
        <source>%n seconds left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message numerus="yes">
        <source>Used in %Ln answers</source>
        <translation>
            <numerusform>Used in %Ln answer</numerusform>
            <numerusform>Used in %Ln answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ForgetDueDialog</name>
    <message numerus="yes">
        <source>%Ln answers that repeat them go with them.</source>
        <translation>
            <numerusform>%Ln answer that repeats them goes with them.</numerusform>
            <numerusform>%Ln answers that repeat them go with them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message numerus="yes">
        <source>%Ln chats</source>
        <translation>
            <numerusform>%Ln chat</numerusform>
            <numerusform>%Ln chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln turns</source>
        <translation>
            <numerusform>in %Ln turn</numerusform>
            <numerusform>in %Ln turns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories</source>
        <translation>
            <numerusform>%Ln memory</numerusform>
            <numerusform>%Ln memories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts</source>
        <translation>
            <numerusform>%Ln fact</numerusform>
            <numerusform>%Ln facts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in about %Ln turns</source>
        <translation>
            <numerusform>in about %Ln turn</numerusform>
            <numerusform>in about %Ln turns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorDock</name>
    <message numerus="yes">
        <source>Saved. %Ln answers of Hippo's that repeated the old words faded.</source>
        <translation>
            <numerusform>Saved. %Ln answer of Hippo's that repeated the old words faded.</numerusform>
            <numerusform>Saved. %Ln answers of Hippo's that repeated the old words faded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %n messages stay</source>
        <translation>
            <numerusform>Its message stays</numerusform>
            <numerusform>The messages stay</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message numerus="yes">
        <source>%Ln facts contradict each other</source>
        <translation>
            <numerusform>%Ln fact contradicts others</numerusform>
            <numerusform>%Ln facts contradict each other</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln summaries</source>
        <translation>
            <numerusform>%Ln summary</numerusform>
            <numerusform>%Ln summaries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln damaged rows could not be opened and were set aside.</source>
        <translation>
            <numerusform>%Ln damaged row could not be opened and was set aside.</numerusform>
            <numerusform>%Ln damaged rows could not be opened and were set aside.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockWidget</name>
    <message numerus="yes">
        <source>%n seconds until the next try.</source>
        <translation>
            <numerusform>One second until the next try.</numerusform>
            <numerusform>%n seconds until the next try.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>The backup was restored: %Ln records.</source>
        <translation>
            <numerusform>The backup was restored: %Ln record.</numerusform>
            <numerusform>The backup was restored: %Ln records.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories</source>
        <translation>
            <numerusform>%Ln memory</numerusform>
            <numerusform>%Ln memories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MemoryActs</name>
    <message numerus="yes">
        <source>%Ln memories of the last hour will go, and what was derived from them. For ten seconds you can undo this; then it is gone for good, and you get a receipt.</source>
        <translation>
            <numerusform>%Ln memory of the last hour will go, and what was derived from it. For ten seconds you can undo this; then it is gone for good, and you get a receipt.</numerusform>
            <numerusform>%Ln memories of the last hour will go, and what was derived from them. For ten seconds you can undo this; then it is gone for good, and you get a receipt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageRow</name>
    <message numerus="yes">
        <source>%Ln memories used</source>
        <translation>
            <numerusform>%Ln memory used</numerusform>
            <numerusform>%Ln memories used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message numerus="yes">
        <source>about %n minutes left</source>
        <translation>
            <numerusform>about a minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hours left</source>
        <translation>
            <numerusform>about an hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message numerus="yes">
        <source>%n more characters.</source>
        <translation>
            <numerusform>One more character.</numerusform>
            <numerusform>%n more characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message numerus="yes">
        <source>Forgotten for good: %Ln facts.</source>
        <translation>
            <numerusform>Forgotten for good: %Ln fact.</numerusform>
            <numerusform>Forgotten for good: %Ln facts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forgotten for good: %Ln memories.</source>
        <translation>
            <numerusform>Forgotten for good: %Ln memory.</numerusform>
            <numerusform>Forgotten for good: %Ln memories.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers of Hippo's that repeated it went too.</source>
        <translation>
            <numerusform>%Ln answer of Hippo's that repeated it went too.</numerusform>
            <numerusform>%Ln answers of Hippo's that repeated it went too.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln summaries rebuilt from what is left.</source>
        <translation>
            <numerusform>%Ln summary rebuilt from what is left.</numerusform>
            <numerusform>%Ln summaries rebuilt from what is left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln summaries dropped: nothing was left of it.</source>
        <translation>
            <numerusform>%Ln summary dropped: nothing was left of it.</numerusform>
            <numerusform>%Ln summaries dropped: nothing was left of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts rebuilt from what is left.</source>
        <translation>
            <numerusform>%Ln fact rebuilt from what is left.</numerusform>
            <numerusform>%Ln facts rebuilt from what is left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln facts dropped with it.</source>
        <translation>
            <numerusform>%Ln fact dropped with it.</numerusform>
            <numerusform>%Ln facts dropped with it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln empty chats removed.</source>
        <translation>
            <numerusform>%Ln empty chat removed.</numerusform>
            <numerusform>%Ln empty chats removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln records of use removed.</source>
        <translation>
            <numerusform>%Ln record of use removed.</numerusform>
            <numerusform>%Ln records of use removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sealed rows purged, {bytes} bytes reclaimed.</source>
        <translation>
            <numerusform>%Ln sealed row purged, {bytes} bytes reclaimed.</numerusform>
            <numerusform>%Ln sealed rows purged, {bytes} bytes reclaimed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files of the store searched: none of the sealed bytes are left.</source>
        <translation>
            <numerusform>%Ln file of the store searched: none of the sealed bytes are left.</numerusform>
            <numerusform>%Ln files of the store searched: none of the sealed bytes are left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files of the store searched: some sealed bytes could NOT be removed.</source>
        <translation>
            <numerusform>%Ln file of the store searched: some sealed bytes could NOT be removed.</numerusform>
            <numerusform>%Ln files of the store searched: some sealed bytes could NOT be removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message numerus="yes">
        <source>Of {made} · %Ln records · {size}</source>
        <translation>
            <numerusform>Of {made} · %Ln record · {size}</numerusform>
            <numerusform>Of {made} · %Ln records · {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The backup is whole: %Ln records, of {made}.</source>
        <translation>
            <numerusform>The backup is whole: %Ln record, of {made}.</numerusform>
            <numerusform>The backup is whole: %Ln records, of {made}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of its records were forgotten after it was made. They go for good once it is open.</source>
        <translation>
            <numerusform>%Ln of its records was forgotten after it was made. It goes for good once it is open.</numerusform>
            <numerusform>%Ln of its records were forgotten after it was made. They go for good once it is open.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring these %n back, too</source>
        <translation>
            <numerusform>Bring it back, too</numerusform>
            <numerusform>Bring them back, too</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetentionPage</name>
    <message numerus="yes">
        <source>%Ln memories are past their time.</source>
        <translation>
            <numerusform>%Ln memory is past its time.</numerusform>
            <numerusform>%Ln memories are past their time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more would be, but something pinned needs them.</source>
        <translation>
            <numerusform>%Ln more would be, but something pinned needs it.</numerusform>
            <numerusform>%Ln more would be, but something pinned needs them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RuleEdit</name>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message numerus="yes">
        <source>After %n minutes without input</source>
        <translation>
            <numerusform>After %n minute without input</numerusform>
            <numerusform>After %n minutes without input</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TransferActs</name>
    <message numerus="yes">
        <source>%Ln messages came in</source>
        <translation>
            <numerusform>%Ln message came in</numerusform>
            <numerusform>%Ln messages came in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages written to {file}</source>
        <translation>
            <numerusform>%Ln message written to {file}</numerusform>
            <numerusform>%Ln messages written to {file}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Upkeep</name>
    <message numerus="yes">
        <source>%Ln backups still hold what you forgot.</source>
        <translation>
            <numerusform>%Ln backup still holds what you forgot.</numerusform>
            <numerusform>%Ln backups still hold what you forgot.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The time that you set for these %n is past.</source>
        <translation>
            <numerusform>The time that you set for it is past.</numerusform>
            <numerusform>The time that you set for them is past.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln memories are past the time that you set.</source>
        <translation>
            <numerusform>%Ln memory is past the time that you set.</numerusform>
            <numerusform>%Ln memories are past the time that you set.</numerusform>
        </translation>
    </message>
</context>
</TS>
