CREATE TABLE `knowledge_bases` (
	`workspace_id` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`mark` integer NOT NULL,
	`name` text NOT NULL,
	`embedding` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `knowledge_bases_workspace` ON `knowledge_bases` (`workspace_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `knowledge_bases_mark` ON `knowledge_bases` (`mark`);--> statement-breakpoint
CREATE TABLE `knowledge_documents` (
	`workspace_id` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`base_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`failure` text,
	`size` integer NOT NULL,
	`passages` integer NOT NULL,
	`source` blob,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`base_id`) REFERENCES `knowledge_bases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `knowledge_documents_base` ON `knowledge_documents` (`base_id`);--> statement-breakpoint
CREATE INDEX `knowledge_documents_status` ON `knowledge_documents` (`status`);--> statement-breakpoint
CREATE TABLE `knowledge_passages` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`document_id` text NOT NULL,
	`position` integer NOT NULL,
	`headings` text NOT NULL,
	`page` integer,
	`start` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`document_id`) REFERENCES `knowledge_documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `knowledge_passages_document` ON `knowledge_passages` (`document_id`,`position`);--> statement-breakpoint
CREATE TABLE `knowledge_vectors` (
	`passage_id` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`base_id` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`passage_id`) REFERENCES `knowledge_passages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `knowledge_vectors_base` ON `knowledge_vectors` (`base_id`,`passage_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `knowledge_words` USING fts5(`head`, `body`, tokenize = 'ascii');--> statement-breakpoint
CREATE VIRTUAL TABLE `knowledge_terms` USING fts5vocab(`knowledge_words`, 'row');--> statement-breakpoint
CREATE TRIGGER `knowledge_passages_gone` AFTER DELETE ON `knowledge_passages` BEGIN
	DELETE FROM `knowledge_words` WHERE `rowid` = old.`id`;
END;
